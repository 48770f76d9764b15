"""Sends style, script and letters squeezed to who can unpack them; squeezed once, when the site is put on."""

import gzip
import tempfile
from pathlib import Path
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

_SQUEEZED = {".css", ".js", ".mjs", ".svg", ".json", ".geojson", ".txt", ".html", ".map"}
_WORTH_IT = 0.9
"""A file that stays larger than this part of itself is sent as it is."""


class SqueezedFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves the static files, with a squeezed copy of each text beside it in a folder of this process."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Squeeze every text once."""
        self.copies = tempfile.TemporaryDirectory(prefix="wijkpeil-static-")
        super().__init__(*arguments, **options)

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """Describe a file as it is sent; its copy may be packed, and its address holds its hash."""
        described = super().get_static_file(path, url, stat_cache)
        squeezed = self._squeezed(Path(path), url) if Path(path).suffix in _SQUEEZED else None
        if squeezed is None:
            return described
        headers = described.get_response("HEAD", {}).headers
        kept = [(name, said) for name, said in headers if name not in {"Content-Length", "ETag", "Last-Modified"}]
        return StaticFile(path, kept, encodings={"gzip": str(squeezed)})

    def _squeezed(self, path: Path, url: str) -> Path | None:
        text = path.read_bytes()
        packed = gzip.compress(text, 9, mtime=0)
        if len(packed) > len(text) * _WORTH_IT:
            return None
        copy = Path(self.copies.name) / f"{url.strip('/').replace('/', '~')}.gz"
        copy.write_bytes(packed)
        return copy
