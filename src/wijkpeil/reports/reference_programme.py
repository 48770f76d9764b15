"""References to the state of a programme: how many there are of what, which money, and where parliament can read it."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from wijkpeil.portrayal.language import NO_BREAK, mark
from wijkpeil.reports.claims import Answer, Claim
from wijkpeil.reports.document import Span, plain
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.programme import money
from wijkpeil.reports.references import AskedError, Reference, near
from wijkpeil.reports.state import Agreement, Course, Item, ItemStatus, ProgrammeState

THINGS: dict[str, tuple[str, str]] = {
    "ambities": (mark("ambitie"), mark("ambities")),
    "overeenkomsten": (mark("overeenkomst"), mark("overeenkomsten")),
    "afspraken": (mark("afspraak"), mark("afspraken")),
    "maatregelen": (mark("maatregel"), mark("maatregelen")),
    "besluiten": (mark("besluit"), mark("besluiten")),
    "visitaties": (mark("visitatie"), mark("visitaties")),
    "aanbevelingen": (mark("aanbeveling"), mark("aanbevelingen")),
    "toezeggingen": (mark("toezegging"), mark("toezeggingen")),
    "verhalen": (mark("verhaal"), mark("verhalen")),
    "wijken": (mark("wijk"), mark("wijken")),
}
"""What can be counted in a programme, one and many."""
COURSES = {
    "afbouwen": Course.WIND_DOWN,
    "doorgaan": Course.CONTINUE,
    "intensiveren": Course.INTENSIFY,
    "terugkeren": Course.RETURN,
    "niet_te_zeggen": Course.CANNOT_SAY,
}
"""The courses of a decision, by the word that an editor writes; their ids may be used too."""
_CHOICES: dict[str, tuple[str, ...]] = {
    "ambities": ("wijk",),
    "overeenkomsten": ("wijk", "jaar"),
    "afspraken": ("wijk", "stand", "jaar"),
    "maatregelen": ("wijk", "jaar"),
    "besluiten": ("koers", "wijk", "jaar"),
    "visitaties": ("wijk", "jaar"),
    "aanbevelingen": ("wijk",),
    "toezeggingen": ("jaar",),
    "verhalen": ("wijk", "jaar"),
    "wijken": ("koers",),
}
"""What can be chosen of each."""
AMOUNTS = ("toegezegd", "besteed", "maatregelen")
_YEARS = re.compile(r"(\d{4})[-–](\d{4})")


def counted(grounds: Grounds, asked: Reference) -> Answer:
    """Count what is in the state of the programme, with the day of that state in the footnote."""
    state, kind = grounds.known_state(), asked.words[0]
    if kind not in THINGS:
        raise AskedError(
            grounds.say("In een programma tellen we geen {kind}.", kind=repr(kind)),
            near=near(kind, list(THINGS)) or tuple(THINGS),
        )
    _check_options(grounds, kind, asked)
    if len(asked.words) > 1 and asked.words[1] != "aantal":
        raise AskedError(grounds.say("Van wat er in een programma is, geven we het aantal."), near=("aantal",))
    if kind == "wijken" and "koers" in asked.options:
        everything: list[Any] = _latest_decisions(state)
    else:
        everything = _all(grounds, state, kind)
    found = [one for one in everything if _fits(grounds, one, asked)]
    number = grounds.language.whole(len(found))
    one, many = THINGS[kind]
    chosen = "".join(f", {name}: {value}" for name, value in sorted(asked.options.items()))
    note = grounds.say(
        "{number} {things}{chosen}: zo stond het in de openbare stand van het programma op {day}.",
        number=number,
        things=grounds.say(one if len(found) == 1 else many),
        chosen=chosen,
        day=grounds.language.day(state.taken_on),
    )
    claim = Claim(
        words=number, part=len(found), of=len(grounds.neighbourhoods) if kind in {"wijken", "besluiten"} else None
    )
    return Answer(text=(Span(text=number, note=plain(note)),), claim=claim)


def listed(grounds: Grounds, asked: Reference) -> Answer:
    """Name the neighbourhoods of which something was decided."""
    state = grounds.known_state()
    course = _course(grounds, asked.words[0])
    names = [_name(grounds, one.area, one.city) for one in _latest_decisions(state) if one.course is course]
    if not names:
        return Answer(text=plain(grounds.say("geen enkele wijk")), is_absent=True)
    note = grounds.say("Volgens de besluiten tot en met {day}.", day=grounds.language.day(state.taken_on))
    return Answer(
        text=(Span(text=grounds.language.series(sorted(names)), note=plain(note)),),
        claim=Claim(words=", ".join(names), part=len(names), of=len(grounds.neighbourhoods)),
    )


def amount(grounds: Grounds, asked: Reference) -> Answer:
    """Add up money in whole euros; of how many the amount is not known stands in the footnote, and is never nothing."""
    state, kind = grounds.known_state(), asked.words[0]
    if kind not in AMOUNTS:
        raise AskedError(grounds.say("Welk geld is {kind}?", kind=repr(kind)), near=AMOUNTS)
    things = "maatregelen" if kind == "maatregelen" else "afspraken"
    _check_options(grounds, things, asked)
    found = [one for one in _all(grounds, state, things) if _fits(grounds, one, asked)]
    cents = [_cents(one, kind) for one in found]
    known = [one for one in cents if one is not None]
    parts = {
        "known": grounds.language.whole(len(known)),
        "all": grounds.language.whole(len(cents)),
        "things": grounds.say(THINGS[things][1]),
        "day": grounds.language.day(state.taken_on),
    }
    note = grounds.say("Opgeteld over {known} van {all} {things} waarvan het bedrag bekend is, stand {day}.", **parts)
    if not known:
        text = grounds.say("geen cijfers (van geen enkele is een bedrag bekend)")
        return Answer(text=(Span(text=text, note=plain(note)),), is_absent=True)
    text = money(grounds.language, sum(known))
    return Answer(text=(Span(text=text, note=plain(note)),), claim=Claim(words=text))


def day_of_state(grounds: Grounds, asked: Reference) -> Answer:
    """Name the day of the state."""
    return Answer(text=plain(grounds.language.day(grounds.known_state().taken_on)))


def paper(grounds: Grounds, asked: Reference) -> Answer:
    """Give a footnote to a parliamentary paper: its file, its number and its session year."""
    file, number, *year = asked.words
    if not re.fullmatch(r"\d{5}(-[A-Z]+)?", file) or not number.isdecimal():
        raise AskedError(grounds.say("Een kamerstuk is een dossier van vijf cijfers en een nummer: 30995 92."))
    session = ""
    if year:
        years = _YEARS.fullmatch(year[0])
        if years is None or int(years[2]) != int(years[1]) + 1:
            raise AskedError(grounds.say("Een vergaderjaar is twee jaren na elkaar: 2012-2013."))
        session = grounds.say("vergaderjaar {first}–{last}, ", first=years[1], last=years[2])
    said = grounds.say(
        "Tweede Kamer, {session}kamerstuk {file}, nr. {number}.",
        session=session,
        file=f"{file[:2]}{NO_BREAK}{file[2:]}",
        number=number,
    )
    return Answer(text=(Span(text="", note=plain(said)),))


def _all(grounds: Grounds, state: ProgrammeState, kind: str) -> list[Any]:
    """Give everything of a kind; items of agreements carry the place of their agreement."""
    take: dict[str, Callable[[], Sequence[Any]]] = {
        "ambities": lambda: [one for one in state.ambitions if not one.ended_because],
        "overeenkomsten": lambda: [one for one in state.agreements if not one.is_replaced],
        "afspraken": lambda: list(items(state)),
        "maatregelen": lambda: state.measures,
        "besluiten": lambda: state.decisions,
        "visitaties": lambda: state.visitations,
        "aanbevelingen": lambda: [(seen, one) for seen in state.visitations for one in seen.recommendations],
        "toezeggingen": lambda: state.promises,
        "verhalen": lambda: state.stories,
        "wijken": lambda: list(grounds.neighbourhoods),
    }
    return list(take[kind]())


def items(state: ProgrammeState) -> Iterator[tuple[Agreement, Item]]:
    """Give the items of every agreement that holds, each with its agreement."""
    for agreement in state.agreements:
        if not agreement.is_replaced:
            for item in agreement.items:
                yield agreement, item


def _check_options(grounds: Grounds, kind: str, asked: Reference) -> None:
    """Refuse a choice that does not go with what is counted: it would silently give nothing."""
    for name, typed in asked.options.items():
        if name not in _CHOICES[kind]:
            raise AskedError(
                grounds.say("De naam {name}= hoort niet bij {kind}.", name=name, kind=kind), near=_CHOICES[kind]
            )
        if name == "jaar" and not re.fullmatch(r"\d{4}", typed):
            raise AskedError(grounds.say("Het jaar {typed} is geen jaar.", typed=repr(typed)))
        if name == "stand" and typed not in set(ItemStatus):
            known = [one.value for one in ItemStatus]
            raise AskedError(
                grounds.say("De stand {typed} bestaat niet.", typed=repr(typed)),
                near=near(typed, known) or tuple(known),
            )


def _fits(grounds: Grounds, one: Any, asked: Reference) -> bool:
    placed, thing = one if isinstance(one, tuple) else (one, one)
    fits: dict[str, Callable[[str], bool]] = {
        "koers": lambda typed: thing.course is _course(grounds, typed),
        "wijk": lambda typed: placed.area == grounds.area(typed),
        "stand": lambda typed: thing.status.value == typed,
        "jaar": lambda typed: _year(thing) == int(typed),
    }
    return all(fits[name](typed) for name, typed in asked.options.items())


def _year(thing: Any) -> int | None:
    for name in ("decided_on", "on", "started", "signed_on", "due"):
        if getattr(thing, name, None) is not None:
            return int(getattr(thing, name).year)
    year = getattr(thing, "year", None)
    return int(year) if year is not None else None


def _course(grounds: Grounds, typed: str) -> Course:
    found = COURSES.get(typed) or next((one for one in Course if one.value == typed), None)
    if found is None:
        raise AskedError(
            grounds.say("De koers {typed} bestaat niet.", typed=repr(typed)),
            near=near(typed, list(COURSES)) or tuple(COURSES),
        )
    return found


def _latest_decisions(state: ProgrammeState) -> list[Any]:
    """Give of every neighbourhood the decision that holds: the last one."""
    last: dict[str, Any] = {}
    for one in sorted(state.decisions, key=lambda one: one.decided_on):
        last[one.area] = one
    return list(last.values())


def _cents(one: Any, kind: str) -> int | None:
    if kind == "maatregelen":
        return None if one.cost_cents is None else int(one.cost_cents)
    _, item = one
    if kind == "toegezegd":
        return None if item.budget_cents is None else int(item.budget_cents)
    spent = [said.spent_cents for said in sorted((*item.reported, *item.found), key=lambda said: said.on)]
    known = [cents for cents in spent if cents is not None]
    return int(known[-1]) if known else None


def _name(grounds: Grounds, area: str, city: str) -> str:
    return (grounds.called(area) if area in grounds.names else "") or grounds.names.get(city) or area
