"""What was wanted, agreed, done, seen, decided and told in a neighbourhood: beside the figures and apart from them."""

from collections.abc import Iterator, Mapping
from datetime import date

from wijkpeil.domain.policy import Policy
from wijkpeil.portrayal.language import NO_BREAK, Language, mark
from wijkpeil.reports.document import Block, Heading, Listing, Note, Paragraph, Role, Span, Table, Text, plain
from wijkpeil.reports.state import Agreement, Ambition, Course, Item, ItemStatus, Measure, ProgrammeState, Said, Story

STATUSES: Mapping[ItemStatus, str] = {
    ItemStatus.PROPOSED: mark("voorgesteld"),
    ItemStatus.AGREED: mark("overeengekomen"),
    ItemStatus.UNDERWAY: mark("in uitvoering"),
    ItemStatus.KEPT: mark("nagekomen"),
    ItemStatus.PARTLY: mark("deels nagekomen"),
    ItemStatus.LATE: mark("vertraagd"),
    ItemStatus.REVISED: mark("herzien"),
    ItemStatus.STOPPED: mark("gestopt"),
    ItemStatus.LAPSED: mark("vervallen"),
}
COURSES: Mapping[Course, str] = {
    Course.WIND_DOWN: mark("afbouwen"),
    Course.CONTINUE: mark("doorgaan"),
    Course.INTENSIFY: mark("intensiveren"),
    Course.RETURN: mark("terugkeren"),
    Course.CANNOT_SAY: mark("niet te zeggen"),
}
MOST_ROWS = 8
"""So many measures stand in a profile one by one; of the others only how many there are."""
MOST_STORIES = 4


def ambitions(language: Language, policy: Policy, state: ProgrammeState) -> Iterator[Block]:
    """Write what residents and partners want; whether it is reached is for them to say, and not for the gap."""
    say = language.say
    yield Heading(text=say("Ambities"), level=2, id="ambities")
    if not state.ambitions:
        yield Paragraph(text=plain(say("Er zijn geen ambities vastgelegd.")))
        return
    yield Paragraph(
        text=plain(
            say(
                "Dit wilden bewoners en partners, in hun eigen woorden. Een ambitie is iets anders dan het verschil "
                "met "
                "de stad: dat het verschil kleiner wordt, betekent niet dat de ambitie is gehaald."
            )
        )
    )
    yield Table(
        caption=plain(say("Ambities van de wijk")),
        headers=(say("Wat we willen"), say("Thema"), say("Tevreden als")),
        rows=tuple(_ambition(language, policy, one) for one in state.ambitions),
        widths=(6, 3, 6),
        id="tabel-ambities",
    )


def _ambition(language: Language, policy: Policy, one: Ambition) -> tuple[tuple[Text, ...], ...]:
    theme = policy.theme.get(one.theme)
    when = [plain(one.satisfied_when)]
    if one.target is not None and one.indicator in policy.indicator:
        label = language.label(policy.indicator[one.indicator])
        target = f"{label}: {_amount(language, one.target)}"
        year = language.say("{target} in {year}", target=target, year=one.target_year) if one.target_year else target
        when.append(plain(year))
    if one.caveat:
        when.append((Span(text=one.caveat, emphasis=True),))
    return (plain(one.words),), (plain(language.label(theme) if theme else one.theme),), tuple(when)


def agreements(language: Language, state: ProgrammeState) -> Iterator[Block]:
    """Write what was agreed: what a partner itself reports stands beside what somebody independent found."""
    say = language.say
    yield Heading(text=say("Afspraken"), level=2, id="afspraken")
    now = [one for one in state.agreements if not one.is_replaced]
    items = [item for one in now for item in one.items]
    if not items:
        yield Paragraph(text=plain(say("Er zijn geen afspraken gepubliceerd.")))
        return
    yield Paragraph(text=plain(_items_counted(language, items, state.taken_on)))
    for place, one in enumerate(now):
        if one.items:
            yield _agreement(language, one, place, state.taken_on)


def _items_counted(language: Language, items: list[Item], today: date) -> str:
    found = sum(1 for one in items if one.found)
    late = sum(1 for one in items if one.status.is_open and one.due < today)
    said = language.say_count("Er is {count} afspraak.", "Er zijn {count} afspraken.", len(items))
    checked = language.say_count(
        "Van {count} is door iemand die onafhankelijk is vastgesteld hoe het ermee staat.",
        "Van {count} is door iemand die onafhankelijk is vastgesteld hoe het ermee staat.",
        found,
    )
    overdue = language.say_count("{count} is te laat.", "{count} zijn te laat.", late) if late else ""
    return " ".join(part for part in (said, checked, overdue) if part)


def _agreement(language: Language, one: Agreement, place: int, today: date) -> Table:
    say = language.say
    signed = (
        say("ondertekend op {day}", day=language.day(one.signed_on)) if one.signed_on else say("nog niet ondertekend")
    )
    caption = say("{title} (versie {number}, {signed})", title=one.title, number=one.number, signed=signed)
    return Table(
        caption=plain(caption),
        headers=(say("Wat"), say("Wie"), say("Geld"), say("Klaar op"), say("Gemeld"), say("Vastgesteld")),
        rows=tuple(_item(language, item, today) for item in one.items),
        notes=(plain(say("Gemeld: dat zegt de partner zelf. Vastgesteld: dat zag iemand die er geen partij bij is.")),),
        widths=(5.2, 3, 2.2, 2.3, 2.6, 2.6),
        id=f"tabel-afspraken-{place + 1}",
    )


def _item(language: Language, one: Item, today: date) -> tuple[tuple[Text, ...], ...]:
    due = [plain(language.short_day(one.due))]
    if one.status.is_open and one.due < today:
        due.append(plain(language.say("te laat"), strong=True))
    return (
        (plain(one.what),),
        (plain(one.partner),),
        (plain(money(language, one.budget_cents)),),
        tuple(due),
        _last(language, one.reported),
        _last(language, one.found),
    )


def _last(language: Language, said: tuple[Said, ...]) -> tuple[Text, ...]:
    if not said:
        return (plain(language.say("nog niet")),)
    last = max(said, key=lambda one: one.on)
    return plain(language.say(STATUSES[last.status])), plain(language.short_day(last.on))


def measures(language: Language, state: ProgrammeState) -> Iterator[Block]:
    """Write what was done, with what came out of it; of many, those that began last."""
    say = language.say
    yield Heading(text=say("Wat er gebeurt"), level=2, id="maatregelen")
    if not state.measures:
        yield Paragraph(text=plain(say("Er zijn geen maatregelen gepubliceerd.")))
        return
    ordered = sorted(state.measures, key=lambda one: (one.started, one.name), reverse=True)
    rest = len(ordered) - MOST_ROWS
    notes = [say("Wat een maatregel opleverde zegt nog niet of hij hielp: daarvoor is een onderzoek nodig.")]
    if rest > 0:
        notes.append(
            language.say_count(
                "Nog {count} maatregel, die eerder begon, staat op de site.",
                "Nog {count} maatregelen, die eerder begonnen, staan op de site.",
                rest,
            )
        )
    yield Table(
        caption=plain(say("Maatregelen, de nieuwste eerst")),
        headers=(say("Maatregel"), say("Wanneer"), say("Doel"), say("Wat het opleverde")),
        rows=tuple(_measure(language, one) for one in ordered[:MOST_ROWS]),
        notes=tuple(plain(note) for note in notes),
        widths=(4.2, 2.4, 5, 4.6),
        id="tabel-maatregelen",
    )


def _measure(language: Language, one: Measure) -> tuple[tuple[Text, ...], ...]:
    say = language.say
    until = str(one.ended.year) if one.ended else say("nu")
    when = [plain(say("{start} tot {end}", start=one.started.year, end=until))]
    if one.ended_because:
        when.append(plain(one.ended_because))
    made = tuple(
        plain(f"{output.year}: {_amount(language, output.quantity)}{NO_BREAK}{output.unit}, {output.what}")
        for output in sorted(one.outputs, key=lambda output: (output.year, output.what))
    )
    return (
        (plain(one.name), plain(one.partner)),
        tuple(when),
        (plain(one.aim),),
        made or (plain(say("nog niets gemeld")),),
    )


def _amount(language: Language, quantity: float) -> str:
    return language.number(quantity, 0 if float(quantity).is_integer() else 1)


def decisions(language: Language, state: ProgrammeState) -> Iterator[Block]:
    """Write what was decided of the neighbourhood, on which grounds, and when parliament heard of it."""
    say = language.say
    if not state.decisions:
        return
    yield Heading(text=say("Besluiten"), level=2, id="besluiten")
    for one in sorted(state.decisions, key=lambda one: one.decided_on):
        said = say(
            "{day}: {course}, op grond van {grounds}.",
            day=language.day(one.decided_on),
            course=say(COURSES[one.course]),
            grounds=language.series(one.grounds) or say("(niet genoemd)"),
        )
        told = (
            say(
                "De Kamer hoorde dit op {day} ({paper}).",
                day=language.day(one.parliament_informed_on),
                paper=one.parliament_paper,
            )
            if one.parliament_informed_on
            else say("De Kamer is nog niet geïnformeerd.")
        )
        yield Paragraph(text=(Span(text=said, strong=True), Span(text=f" {one.why} {told}")))
        if one.objections:
            yield Paragraph(text=plain(say("Bezwaren: {text}", text=one.objections)), role=Role.SMALL)


def visitations(language: Language, state: ProgrammeState) -> Iterator[Block]:
    """Write what committees saw, with their recommendations and the answers."""
    say = language.say
    if not state.visitations:
        return
    yield Heading(text=say("Wat visitaties zagen"), level=2, id="visitaties")
    for one in sorted(state.visitations, key=lambda one: one.on):
        yield Paragraph(
            text=(Span(text=f"{one.committee}, {language.day(one.on)}. ", strong=True), Span(text=one.findings))
        )
        if one.recommendations:
            yield Listing(
                items=tuple(
                    plain(
                        " ".join(
                            part
                            for part in (
                                rec.text,
                                say("Antwoord: {text}", text=rec.answer_text)
                                if rec.answer_text
                                else say("Nog geen antwoord."),
                            )
                            if part
                        )
                    )
                    for rec in one.recommendations
                )
            )


def stories(language: Language, state: ProgrammeState) -> Iterator[Block]:
    """Tell small successes and what nobody sought, the newest first."""
    say = language.say
    yield Heading(text=say("Kleine successen"), level=2, id="verhalen")
    if not state.stories:
        yield Paragraph(text=plain(say("Er zijn nog geen verhalen uit de wijk.")))
        return
    ordered = sorted(state.stories, key=lambda one: (one.year, one.title), reverse=True)
    for one in ordered[:MOST_STORIES]:
        yield _story(language, one)
    rest = len(ordered) - MOST_STORIES
    if rest > 0:
        more = language.say_count(
            "Nog {count} verhaal staat op de site.", "Nog {count} verhalen staan op de site.", rest
        )
        yield Paragraph(text=plain(more), role=Role.SMALL)


def _story(language: Language, one: Story) -> Note:
    sought = "" if one.was_sought else " " + language.say("Dit was niet gezocht.")
    told = f" {one.teller}, {one.year}." if one.teller else f" {one.year}."
    source = f" {one.evidence}" if one.evidence else ""
    return Note(
        title=one.title,
        text=(Span(text=one.text), Span(text=f"{sought}{told}{source}", emphasis=True)),
    )


def money(language: Language, cents: int | None) -> str:
    """Write an amount in whole euros, or nothing where it is not known."""
    return "" if cents is None else f"€{NO_BREAK}{language.whole(cents / 100)}"
