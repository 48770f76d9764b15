"""What stands in a cell becomes a day, an amount, a choice or a text, or a sentence that says what may be typed."""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.forms.fields import Euros
from wijkpeil.web.programmes.importing.workbook import Cell

_DAY_OF_BOOK = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00:00(?:\.0+)?)?")
_DAY_TYPED = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_FIRST, _LAST = 1950, 2100
_MOST_YEARS = 30
_CENT = 1e-4
_WHOLE = re.compile(r"\d{1,4}(\.0+)?")


class WrongCellError(Exception):
    """A cell that says nothing that can be used; ``sentence`` says what may stand in it."""

    def __init__(self, sentence: str, **parts: object) -> None:
        """Refuse with a sentence and what belongs in its holes."""
        super().__init__(sentence)
        self.sentence, self.parts = sentence, parts


def read_text(cell: Cell, *, most: int) -> str:
    """Read a text; raises ``WrongCellError`` for one that is too long or has signs that are no text."""
    text = cell.text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    if len(text) > most:
        raise WrongCellError(mark("Schrijf hoogstens {most} tekens."), most=most)
    if any(sign < " " and sign not in "\n\t" for sign in text):
        raise WrongCellError(mark("Er staan tekens in die niet in tekst horen. Typ de tekst opnieuw."))
    if cell.is_number and re.fullmatch(r"-?\d+\.0", text):
        return text[:-2]
    return text


def read_day(cell: Cell) -> date:
    """Read a day, of the workbook itself or typed as 31-12-2027."""
    wrong = WrongCellError(mark("Schrijf een datum als 31-12-2027."))
    of_book, typed = _DAY_OF_BOOK.fullmatch(cell.text), _DAY_TYPED.fullmatch(cell.text)
    try:
        if of_book:
            day = datetime.strptime(of_book[1], "%Y-%m-%d").date()  # noqa: DTZ007  -- a day has no time zone
        elif typed:
            day = date(int(typed[3]), int(typed[2]), int(typed[1]))
        else:
            raise wrong
    except ValueError:
        raise wrong from None
    if not _FIRST <= day.year <= _LAST:
        raise WrongCellError(mark("Kies een datum tussen {first} en {last}."), first=_FIRST, last=_LAST)
    return day


def read_amount(cell: Cell) -> int:
    """Read an amount in whole cents: a number of the workbook, or typed as 12.500,50."""
    if not cell.is_number:
        try:
            cents = Euros(required=True, max_length=40).clean(cell.text)
        except ValidationError as refused:
            raise WrongCellError(mark("Schrijf een bedrag als 12.500 of 12.500,50.")) from refused
        if cents is None:
            raise WrongCellError(mark("Schrijf een bedrag als 12.500 of 12.500,50."))
        return cents
    try:
        euros = float(cell.text)
    except ValueError:
        raise WrongCellError(mark("Schrijf een bedrag als 12.500 of 12.500,50.")) from None
    if not math.isfinite(euros) or not 0 <= euros < 10**11:
        raise WrongCellError(mark("Een bedrag is nul of meer, en hoogstens 100 miljard euro."))
    cents = round(euros * 100)
    if abs(euros * 100 - cents) > max(_CENT, abs(euros) * 1e-9):
        raise WrongCellError(mark("Rond het bedrag af op centen, zoals 12.500,50."))
    return cents


def read_years(cell: Cell) -> int:
    """Read a number of years."""
    if not _WHOLE.fullmatch(cell.text) or float(cell.text) > _MOST_YEARS:
        raise WrongCellError(mark("Schrijf een heel getal van 0 tot en met {most}."), most=_MOST_YEARS)
    return int(float(cell.text))


def read_choice(cell: Cell, choices: Mapping[str, str]) -> str:
    """Read one of a closed list, by its word or its code."""
    typed = cell.text.casefold()
    found = next((code for code, word in choices.items() if typed in {code.casefold(), word.casefold()}), None)
    if found is None:
        raise WrongCellError(mark("Kies uit: {listed}."), listed=", ".join(choices.values()))
    return found


def split(text: str) -> list[str]:
    """Part a list that people typed, with a semicolon or a new line between."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[;\n]", text) if part.strip()))
