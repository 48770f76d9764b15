"""Renews the files that the site takes from npm: ``python -m wijkpeil.web.design.front_end.renew``.

The files are kept beside our own, so that nobody who sets up the site needs Node; ``package-lock.json`` holds the
hash of each package, and no address. After a change of ``package.json`` run it with ``--lock``.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
VENDOR = HERE.parent / "static" / "vendor"

COMPONENTS = (
    "alert",
    "breadcrumb-nav",
    "button",
    "form-label",
    "link",
    "pagination",
    "select",
    "skip-link",
    "table",
    "textbox",
)
"""The components of NL Design System that our pages use."""

COPIED = {
    "maplibre-gl/LICENSE.txt": "maplibre-gl/LICENSE.txt",
    "maplibre-gl/maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    "maplibre-gl/maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre-gl/maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "nl-design-system/LICENSE.md": "@utrecht/button-css/LICENSE.md",
    "source-sans-3/LICENSE": "@fontsource-variable/source-sans-3/LICENSE",
    "source-sans-3/latin-upright.woff2": (
        "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"
    ),
}
"""Where a file of a package goes; what has a licence of its own brings it along."""


class NoNpmError(Exception):
    """npm is not here, or cannot reach its registry."""


def renewed() -> dict[str, bytes]:
    """Fetch what the lock names, and give the content of every file of ``static/vendor`` by its path."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        modules = _installed(Path(folder))
        files = {goal: (modules / origin).read_bytes() for goal, origin in COPIED.items()}
        return files | {"nl-design-system/components.css": _components(modules)}


def lock() -> None:
    """Lock the packages of ``package.json`` and all that they need, without an address of anyone."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(HERE / "package.json", folder)
        _npm(Path(folder), "install", "--package-lock-only", "--omit-lockfile-registry-resolved=true")
        locked = json.loads((Path(folder) / "package-lock.json").read_text(encoding="utf-8"))
    for package in locked["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    (HERE / "package-lock.json").write_text(json.dumps(locked, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write(files: dict[str, bytes]) -> None:
    """Put the files in ``static/vendor``."""
    for name, content in files.items():
        goal = VENDOR / name
        goal.parent.mkdir(parents=True, exist_ok=True)
        goal.write_bytes(content)


def _installed(folder: Path) -> Path:
    _npm(folder, "ci")
    return folder / "node_modules"


def _npm(folder: Path, *words: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NoNpmError("npm is not here: install Node.js to renew what comes from it.")
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    done = subprocess.run([npm, *words, *quiet], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoNpmError(f"npm could not fetch the packages: {done.stderr.strip()[-400:]}")


def _components(modules: Path) -> bytes:
    parts = []
    for name in COMPONENTS:
        package = modules / "@utrecht" / f"{name}-css"
        version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
        style = (package / "dist" / "index.min.css").read_text(encoding="utf-8").strip()
        parts.append(f"/*! @utrecht/{name}-css {version}, EUPL-1.2 */\n{style}\n")
    return "".join(parts).encode()


if __name__ == "__main__":
    if "--lock" in sys.argv[1:]:
        lock()
    write(renewed())
