"""Find out which letters our fonts can show, and write them down: ``python docs/letters.py`` after a new font or Typst.

A PDF that must last (PDF/A) may hold no letter without a picture, and Typst refuses the whole document for one of them.
What it can show depends on the fonts beside the template and on those inside Typst, which no program can list; so it is
asked, for every letter there is.
"""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import typst

ROOT = Path(__file__).parent.parent
FONTS = ROOT / "src" / "wijkpeil" / "reports" / "fonts"
LIST = FONTS / "letters.txt"
LAST = 0x1FFFF
AT_ONCE = 256
ASKED = b"""#set document(title: "x")
#set text(font: "Source Sans Pro", lang: "nl")
#for one in json(bytes(sys.inputs.letters)) [#one #parbreak()]"""
NO_LETTERS = {"Cn", "Cs", "Co", "Cc"}
"""Not assigned, half a letter, private, and a command to a machine."""


def main() -> None:
    """Write the ranges of letters that can be shown, a range a line, in hexadecimal."""
    letters = [chr(code) for code in range(0x20, LAST + 1) if unicodedata.category(chr(code)) not in NO_LETTERS]
    shown = sorted(ord(letter) for letter in _shown(_compiler(), letters))
    LIST.write_text("".join(f"{first:x}-{last:x}\n" for first, last in _ranges(shown)), encoding="ascii")
    print(f"{len(shown)} letters in {LIST}")


def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


def _shown(compiler: typst.Compiler, letters: Sequence[str]) -> Iterator[str]:
    """Give the letters that can be shown; of a part with a letter that cannot, each half is asked."""
    for start in range(0, len(letters), AT_ONCE):
        yield from _of_part(compiler, letters[start : start + AT_ONCE])


def _of_part(compiler: typst.Compiler, part: Sequence[str]) -> Iterator[str]:
    if _can(compiler, part):
        yield from part
    elif len(part) > 1:
        half = len(part) // 2
        yield from _of_part(compiler, part[:half])
        yield from _of_part(compiler, part[half:])


def _can(compiler: typst.Compiler, part: Sequence[str]) -> bool:
    try:
        asked = {"letters": json.dumps(list(part))}
        compiler.compile(ASKED, format="pdf", sys_inputs=asked, pdf_standards=["a-2a", "ua-1"])
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
        return False
    return True


def _ranges(codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = codes[0]
    for code in codes[1:]:
        if code != last + 1:
            yield first, last
            first = code
        last = code
    yield first, last


if __name__ == "__main__":
    main()
