"""Cleans a file in a process of its own, with limits: what breaks or never ends there does no harm here."""

import json
import subprocess
import sys
from contextlib import suppress

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.attachments.types import FORMATS, MOST_BYTES, Cleaned, RefusedFileError

LONGEST = 30
"""Seconds."""
MEMORY = 2_000_000_000
"""Bytes of address space: a picture of the most pixels is drawn within it, a bomb is not."""
_CODE = "from wijkpeil.web.programmes.attachments.apart import work; work()"
_FAILED = mark("Dit bestand is niet te verwerken. Sla het opnieuw op, of maak er een PDF van.")


def clean_apart(content: bytes, name: str) -> Cleaned:
    """Clean a file as ``clean`` does, in a process that may use ``MEMORY`` and ``LONGEST`` and no more.

    Raises ``RefusedFileError``, also where that process died.
    """
    sent = name.encode(errors="replace")[:1000].replace(b"\n", b" ") + b"\n" + content
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CODE], input=sent, capture_output=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired as fault:
        raise RefusedFileError(_FAILED) from fault
    head, _, cleaned = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        raise RefusedFileError(_FAILED)
    said = json.loads(head)
    if "sentence" in said:
        raise RefusedFileError(said["sentence"], **said["parts"])
    return Cleaned(format=FORMATS[said["media_type"]], content=cleaned)


def work() -> None:
    """Be that process: take a name and a file from what is sent, and give back what became of it."""
    from wijkpeil.web.programmes.attachments.cleaning import clean

    _limit()
    name = sys.stdin.buffer.readline().decode(errors="replace").rstrip("\n")
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        cleaned = clean(content, name)
    except RefusedFileError as refused:
        sys.stdout.buffer.write(json.dumps({"sentence": refused.sentence, "parts": refused.parts}).encode() + b"\n")
        return
    sys.stdout.buffer.write(json.dumps({"media_type": cleaned.format.media_type}).encode() + b"\n" + cleaned.content)


def _limit() -> None:
    """Take the limits upon oneself, where the machine has them."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, LONGEST), (resource.RLIMIT_CORE, 0)):
            resource.setrlimit(what, (most, most))
