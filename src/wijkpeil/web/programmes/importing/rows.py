"""One row becomes one thing, through the same verb as at the desk; what is wrong with it is said cell by cell."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.refusals import ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.programmes import agreements, items, measures, partners
from wijkpeil.web.programmes.importing.cells import (
    WrongCellError,
    read_amount,
    read_choice,
    read_day,
    read_text,
    read_years,
    split,
)
from wijkpeil.web.programmes.importing.columns import AGREEMENTS, EXAMPLE, ITEMS, PARTNERS, Column, Form, Sheet
from wijkpeil.web.programmes.importing.reading import Line
from wijkpeil.web.programmes.importing.report import Problem, Row, Status
from wijkpeil.web.programmes.importing.standing import Standing, said_by
from wijkpeil.web.programmes.importing.surroundings import Partners, Surroundings
from wijkpeil.web.programmes.importing.workbook import Cell
from wijkpeil.web.programmes.models.agreement import Agreement, Item
from wijkpeil.web.programmes.models.importing import Imported
from wijkpeil.web.programmes.models.measure import Measure
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.models.thing import Thing

_SHORT = 200
_EMPTY: Mapping[Form, Any] = {
    Form.PARTNERS: [],
    Form.INDICATORS: [],
    Form.DAY: None,
    Form.AMOUNT: None,
    Form.ITEM: None,
}
"""What an empty cell is; of the others it is an empty text."""
_UNKNOWN_CITY = "?"


class Bringing:
    """Brings the rows of one workbook in, one by one, in the order of the sheets."""

    def __init__(self, around: Surroundings, by: Account) -> None:
        """Begin for somebody in a programme."""
        self._around, self._by, self._say = around, by, around.language.say
        self._programme = around.programme.id
        self._partners = Partners(self._programme)
        self._standing = Standing(self._programme, by)
        self._marks: dict[str, set[str]] = {}
        self._faulty: dict[str, set[str]] = {}

    def row(self, sheet: Sheet, columns: Sequence[Column], line: Line) -> Row:
        """Bring one row in, and say what became of it."""
        cells = [line.cells.get(column.name, Cell()) for column in columns]
        shown = [cell.text or cell.error for cell in cells]
        typed_mark = line.cells.get("mark", Cell()).text
        if typed_mark.casefold() == EXAMPLE:
            return Row(number=line.number, cells=shown, status=Status.EXAMPLE)
        values, problems = self._values(sheet, line)
        problems += self._repeated(sheet, typed_mark)
        if not problems:
            status, thing, note, problems = self._bring(sheet, values, line.number)
            if not problems:
                return Row(number=line.number, cells=shown, status=status, note=note, thing=thing.key)
        if typed_mark:
            self._faulty.setdefault(sheet.name, set()).add(typed_mark.casefold())
        return Row(number=line.number, cells=shown, status=Status.FAULT, problems=problems)

    def _values(self, sheet: Sheet, line: Line) -> tuple[dict[str, Any], list[Problem]]:
        """Read every cell; what needs a city that is wrong is not read, as nothing sensible can be said of it."""
        values: dict[str, Any] = {"city": ""}
        problems = []
        for column in sheet.columns:
            cell = line.cells.get(column.name, Cell())
            try:
                values[column.name] = self._value(column, cell, values)
            except WrongCellError as wrong:
                sentence = self._say(wrong.sentence, **wrong.parts)
                shown = cell.error or cell.text[:_SHORT]
                problems.append(Problem(column=column.heading, typed=shown, sentence=sentence))
                values[column.name] = _EMPTY.get(column.form, "")
                if column.form in {Form.CITY, Form.AREA, Form.AGREEMENT}:
                    values["city"] = _UNKNOWN_CITY
        return values, problems

    def _value(self, column: Column, cell: Cell, before: Mapping[str, Any]) -> Any:
        if cell.error:
            raise WrongCellError(mark("Er staat een fout van Excel in dit vak. Herstel de formule of typ de waarde."))
        if not cell.text:
            if column.is_required:
                raise WrongCellError(mark("Vul dit vak in."))
            return _EMPTY.get(column.form, "")
        plain = self._plain(column, cell)
        if plain is not None:
            return plain
        text = read_text(cell, most=column.most)
        readers: dict[Form, Callable[[], Any]] = {
            Form.CITY: lambda: self._around.city(text),
            Form.AREA: lambda: self._around.area(text, before["city"]),
            Form.THEME: lambda: self._around.theme(text),
            Form.INDICATORS: lambda: self._around.indicators(split(text)),
            Form.PARTNER: lambda: self._partner(text, before),
            Form.PARTNERS: lambda: [one for word in split(text) if (one := self._partner(word, before))],
            Form.AGREEMENT: lambda: self._referred(AGREEMENTS, Agreement, text, before),
            Form.ITEM: lambda: self._referred(ITEMS, Item, text, before),
        }
        return readers[column.form]() if column.form in readers else text

    def _plain(self, column: Column, cell: Cell) -> Any:
        if column.form is Form.DAY:
            return read_day(cell)
        if column.form is Form.AMOUNT:
            return read_amount(cell)
        if column.form is Form.YEARS:
            return read_years(cell)
        return read_choice(cell, column.choices) if column.form is Form.CHOICE else None

    def _city(self, before: Mapping[str, Any]) -> str:
        """Give the city of a row: of its neighbourhood or its agreement, or as it was typed."""
        if before["city"] == _UNKNOWN_CITY:
            return _UNKNOWN_CITY
        if before.get("agreement"):
            return str(before["agreement"].city)
        return self._around.cities[before["area"]] if before.get("area") else str(before["city"])

    def _partner(self, name: str, before: Mapping[str, Any]) -> Partner | None:
        city = self._city(before)
        if city == _UNKNOWN_CITY:
            return None
        found = self._partners.named(name, city)
        agreement = before.get("agreement")
        if agreement and all(one.pk != found.pk for one in agreement.partners.all()):
            raise WrongCellError(
                mark("‘{word}’ doet niet mee aan de afspraak. Zet haar daar bij de partijen."), word=name
            )
        return found

    def _referred(self, sheet: Sheet, model: type[Thing], text: str, before: Mapping[str, Any]) -> Any:
        found = self._standing.marked(model, text) or self._standing.keyed(model, text)
        if found is not None:
            return found
        if text.casefold() in self._faulty.get(sheet.name, set()):
            raise WrongCellError(
                mark("De regel met dit kenmerk op het blad {sheet} is niet goed. Verbeter die eerst."), sheet=sheet.name
            )
        raise WrongCellError(mark("Dit kenmerk staat niet op het blad {sheet}, en niet op de site."), sheet=sheet.name)

    def _repeated(self, sheet: Sheet, typed: str) -> list[Problem]:
        if not typed:
            return []
        known = self._marks.setdefault(sheet.name, set())
        if typed.casefold() in known:
            sentence = self._say(mark("Dit kenmerk staat al op een andere regel van dit blad."))
            return [Problem(column="Kenmerk", typed=typed[:_SHORT], sentence=sentence)]
        known.add(typed.casefold())
        return []

    def _bring(self, sheet: Sheet, values: dict[str, Any], number: int) -> tuple[Status, Any, str, list[Problem]]:
        """Add what a row says, unless it is there; a verb that refuses is a problem of the row."""
        thing, said, add = self._made(sheet, values)
        before, note = self._before(sheet, thing, values["mark"], said)
        if before is None:
            reason = self._say("Ingelezen uit een werkblad: {sheet}, rij {number}", sheet=sheet.name, number=number)
            try:
                add(reason)
            except NotNowError as refused:
                return Status.FAULT, None, "", [Problem(sentence=self._say(refused.sentence))]
            except (HiddenError, ForbiddenError):
                return Status.FAULT, None, "", [Problem(sentence=self._say("Dat mag je op deze plek niet toevoegen."))]
            if values["mark"]:
                Imported.objects.create(
                    programme=self._programme, kind=thing.KIND, mark=values["mark"], thing=thing.key
                )
        found = before or thing
        if isinstance(found, Partner):
            self._partners.add(found)
        else:
            self._standing.add(found, values["mark"], said)
        return (Status.ADDED if before is None else Status.ALREADY), found, note, []

    def _before(self, sheet: Sheet, thing: Any, typed: str, said: Hashable) -> tuple[Any | None, str]:
        """Give what is there already, and what is to be said where it is no longer as it is in the file."""
        if sheet is PARTNERS:
            return self._partners.standing(thing.name, thing.city), ""
        marked = self._standing.marked(type(thing), typed) if typed else None
        if marked is not None and said_by(marked) != said:
            return marked, self._say(mark("Op de site staat het nu anders. Dat blijft zo; wijzig het daar."))
        return marked or self._standing.saying(type(thing), said), ""

    def _made(self, sheet: Sheet, values: Mapping[str, Any]) -> tuple[Any, Hashable, Callable[[str], Any]]:
        """Make the thing that a row says, give what it says, and how it is added."""
        by = self._by
        if sheet is PARTNERS:
            partner = Partner(programme=self._programme, city=values["city"], name=values["name"], kind=values["kind"])
            return partner, (), lambda reason: partners.add(partner, by=by, reason=reason)
        if sheet is ITEMS:
            own = {name: values[name] for name in items.FIELDS if name in values}
            item = Item(agreement=values["agreement"], **own)
            return item, said_by(item), lambda reason: items.add(item, values["supporting"], by=by, reason=reason)
        place = {"programme": self._programme, "city": self._city(values), "area": values["area"]}
        if sheet is AGREEMENTS:
            agreement = Agreement(**place, **{name: values[name] for name in agreements.FIELDS})
            parties = values["partners"]
            said = (*(place["city"], place["area"], agreement.title, agreement.text, agreement.valid_to),)
            whole = (*said, frozenset(one.pk for one in parties))
            return agreement, whole, lambda reason: agreements.add(agreement, parties, by=by, reason=reason)
        measure = Measure(**place, **{name: values[name] for name in measures.FIELDS})
        return measure, said_by(measure), lambda reason: measures.add(measure, values["paid_by"], by=by, reason=reason)
