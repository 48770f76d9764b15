"""Sends style, script and letters squeezed to who can unpack them; squeezed once in a process."""

import gzip
import os
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

_SQUEEZED = {".css", ".js", ".mjs", ".svg", ".json", ".geojson", ".txt", ".html", ".map"}
_WORTH_IT = 0.9
"""A file that stays larger than this part of itself is sent as it is."""
_DESCRIBED: dict[tuple[object, ...], StaticFile] = {}
"""Files as they are sent: whatever puts the site on once more in this process has them at hand."""


class SqueezedFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves the static files, with a squeezed copy of each text beside it in a folder of this process."""

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """Describe a file as it is sent; its copy may be packed, and its address holds its hash."""
        found = stat_cache[path] if stat_cache else os.stat(path)  # noqa: PTH116  what whitenoise has is no path object
        key = (path, url, found.st_mtime_ns, found.st_size, self.max_age, self.allow_all_origins, self.charset)
        if key not in _DESCRIBED:
            _DESCRIBED[key] = self._described(path, url, stat_cache)
        return _DESCRIBED[key]

    def _described(self, path: str, url: str, stat_cache: Any) -> StaticFile:
        described = super().get_static_file(path, url, stat_cache)
        squeezed = _squeezed(Path(path)) if Path(path).suffix in _SQUEEZED else None
        if squeezed is None:
            return described
        headers = described.get_response("HEAD", {}).headers
        kept = [(name, said) for name, said in headers if name not in {"Content-Length", "ETag", "Last-Modified"}]
        return StaticFile(path, kept, encodings={"gzip": str(squeezed)})


def _squeezed(path: Path) -> Path | None:
    text = path.read_bytes()
    packed = gzip.compress(text, 9, mtime=0)
    if len(packed) > len(text) * _WORTH_IT:
        return None
    copy = Path(_folder().name) / f"{sha256(text).hexdigest()}.gz"
    copy.write_bytes(packed)
    return copy


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    """Give the folder of this process, which is gone with it."""
    return tempfile.TemporaryDirectory(prefix="wijkpeil-static-")
