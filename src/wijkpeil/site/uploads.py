"""Takes files in up to a limit: what comes after it is counted, and kept nowhere."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST = 10_000_000
"""Bytes of all files of one form together; of a larger file only so much is kept, and its size says how much came."""


class Bounded(FileUploadHandler):
    """Keeps files in memory, never more than ``MOST`` bytes for a request, and none on disk.

    Whoever sends more still has the rest of the form read, so that it can say what was wrong with nothing lost. Who
    takes such a file looks at its ``size`` before its bytes.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Begin with nothing."""
        super().__init__(*arguments, **named)
        self.left = MOST

    def new_file(self, *arguments: Any, **named: Any) -> None:
        """Begin a file."""
        super().new_file(*arguments, **named)
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what fits."""
        part = raw_data[: self.left]
        self.left -= len(part)
        self.kept.write(part)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Give the file, with the size that it came with."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
