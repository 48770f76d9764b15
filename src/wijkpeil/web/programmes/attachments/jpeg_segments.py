"""A JPEG within another file: what is said about the picture is cut out, its own bytes are not touched."""

_TOLD = frozenset({0xE1, 0xEC, 0xED, 0xFE})
"""The segments with EXIF and XMP, Ducky, IPTC, and comments."""
_SCAN = 0xDA
_ALONE = frozenset({0x01, *range(0xD0, 0xDA)})


def without_told(content: bytes) -> bytes:
    """Cut out every segment that tells of a picture; what is no JPEG comes back as it is."""
    if content[:2] != b"\xff\xd8":
        return content
    kept, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if kind == _SCAN:
            break
        if kind in _ALONE or kind == 0xFF:
            kept += content[at : at + (1 if kind == 0xFF else 2)]
            at += 1 if kind == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if kind not in _TOLD:
            kept += content[at:end]
        at = end
    return bytes(kept) + content[at:]
