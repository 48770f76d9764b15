"""Sets up everything that working on this house needs: one environment, filled from the lock."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
INPUTS = ("requirements-dev.lock", "pyproject.toml")


def main() -> None:
    """Make ``.venv``, install the locked packages by hash and this package itself; do nothing when that was done."""
    if sys.version_info < (3, 11):
        found = ".".join(str(part) for part in sys.version_info[:2])
        sys.exit(f"Wijkpeil heeft Python 3.11 of nieuwer nodig; dit is Python {found}. Probeer: make PYTHON=python3.12")
    stamp = ENVIRONMENT / "wijkpeil-lock"
    wanted = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in INPUTS)).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    if not (ENVIRONMENT / "pyvenv.cfg").is_file():
        venv.create(ENVIRONMENT, with_pip=True)
    python = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    print("Wijkpeil: de omgeving .venv wordt klaargezet (dit duurt de eerste keer een paar minuten) ...", flush=True)
    for arguments in (
        ["--require-hashes", "-r", "requirements-dev.lock"],
        ["--no-deps", "--no-build-isolation", "-e", "."],
    ):
        if subprocess.run([*install, *arguments], cwd=HERE, check=False).returncode:
            sys.exit("Het klaarzetten is niet gelukt; de melding hierboven zegt waarom. Draai het daarna opnieuw.")
    stamp.write_text(wanted)


if __name__ == "__main__":
    main()
