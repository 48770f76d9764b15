"""References that become a table or a figure with a number: what stands in it comes from the edition alone."""

from collections.abc import Callable, Sequence

from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import gapline, outcomes, quantity, verdicts
from wijkpeil.portrayal.print import printed
from wijkpeil.portrayal.reading import FIRST_TWO, Figure, Reading
from wijkpeil.portrayal.study import sign_of, title_of
from wijkpeil.portrayal.study_grades import level_short
from wijkpeil.portrayal.table import Table as Told
from wijkpeil.reports import document as doc
from wijkpeil.reports.claims import Answer
from wijkpeil.reports.document import Table, Text, plain
from wijkpeil.reports.grounds import COMPARATORS, Grounds
from wijkpeil.reports.programme import COURSES, STATUSES, money
from wijkpeil.reports.reference_programme import items
from wijkpeil.reports.reference_studies import effect_figure, grade_of, study_table
from wijkpeil.reports.references import AskedError, Reference, near
from wijkpeil.reports.state import Item

_WIDE = 520.0
_OF_SOMETHING = {"uitkomsten", "oordelen", "verschillen", "onderzoek"}
_EACH_SIDE = 5
"""So many neighbourhoods stand at each end of a table of differences; a long one hides what it shows."""


def table(grounds: Grounds, asked: Reference) -> Answer:
    """Give a table; its id is ``naam``, or follows from what it shows."""
    kind = asked.words[0]
    if kind not in TABLES:
        raise AskedError(
            grounds.say("Een tabel {kind} is er niet.", kind=repr(kind)), near=near(kind, list(TABLES)) or tuple(TABLES)
        )
    if len(asked.words) > 1 and kind not in _OF_SOMETHING:
        raise AskedError(grounds.say("De tabel {kind} gaat over het hele programma.", kind=repr(kind)))
    if "naast" in asked.options and kind != "uitkomsten":
        raise AskedError(grounds.say("De naam {name}= hoort niet bij {kind}.", name="naast", kind=kind))
    made = TABLES[kind](grounds, asked)
    if made is None or not made.rows:
        return _empty(grounds, asked)
    return Answer(blocks=(made,))


def figure(grounds: Grounds, asked: Reference) -> Answer:
    """Give a figure: a gap through time, or the effect of a study."""
    kind, name = asked.words[0], id_of("figuur", asked)
    if kind == "effect" and "naast" in asked.options:
        raise AskedError(grounds.say("De naam {name}= hoort niet bij {kind}.", name="naast", kind=kind))
    if kind == "effect" and len(asked.words) > 1:
        return effect_figure(grounds, asked, name)
    if kind == "verloop" and len(asked.words) == 3:
        return _line(grounds, asked, name)
    raise AskedError(
        grounds.say("Een figuur is ‘verloop GEBIED CIJFER’ of ‘effect ONDERZOEK [CIJFER]’."), near=("verloop", "effect")
    )


def id_of(what: str, asked: Reference) -> str:
    """Give the id of a table or figure: the name that it was given, or one that follows from what it shows."""
    if "naam" in asked.options:
        return asked.options["naam"]
    return "-".join([what, *("".join(sign if sign.isalnum() else "-" for sign in one.lower()) for one in asked.words)])


def _line(grounds: Grounds, asked: Reference, name: str) -> Answer:
    code, indicator = grounds.area(asked.words[1]), grounds.indicator(asked.words[2])
    reading = grounds.reading(code, indicator)
    other = grounds.beside(asked.options.get("naast", reading.first_two[0]))
    drawn = gapline.line(grounds.speaker, reading, other, identity=name, start=grounds.programme.start.year)
    if drawn is None:
        return _empty(grounds, asked)
    picture = printed(drawn.picture, width=_WIDE, sides=(drawn.above, drawn.below))
    caption = " ".join([f"{grounds.names[code]}. {picture.title}.", *drawn.notes])
    return Answer(
        blocks=(doc.Figure(picture=picture, alt=f"{picture.title}. {picture.alt}", caption=plain(caption), id=name),)
    )


def _empty(grounds: Grounds, asked: Reference) -> Answer:
    said = grounds.say(
        "Geen cijfers: over ‘{asked}’ heeft deze editie of deze stand niets.", asked=" ".join(asked.words)
    )
    return Answer(blocks=(doc.Paragraph(text=plain(said)),), is_absent=True)


def _told(told: Told, name: str, widths: tuple[float, ...] = ()) -> Table:
    """Take over a table of ``portrayal``."""
    return Table(
        caption=plain(told.caption),
        headers=told.headers,
        rows=tuple(tuple(tuple(plain(line) for line in cell) for cell in row) for row in told.rows),
        notes=tuple(plain(note) for note in told.notes),
        id=name,
        widths=widths,
    )


def _outcomes(grounds: Grounds, asked: Reference) -> Table | None:
    """Set the indicators of a theme beside the comparators of the house: count, luck, means and verdicts."""
    theme = grounds.theme(_second(grounds, asked))
    beside = [asked.options["naast"]] if "naast" in asked.options else [COMPARATORS[0], COMPARATORS[2]]
    found = [one for name in beside for one in grounds.outcomes(grounds.beside(name))]
    told = outcomes.theme_table(grounds.speaker, theme, found)
    return _told(told, id_of("tabel", asked), (4.4, 2.8, 2.0, 2.7, 4.6, 3.2)) if told else None


def _verdicts(grounds: Grounds, asked: Reference) -> Table:
    """Count the verdicts of every neighbourhood beside both comparators, of one theme or of all."""
    theme = grounds.theme(asked.words[1]) if len(asked.words) > 1 else ""
    ids = [one.id for one in grounds.edition.policy.indicators if one.is_judged and (not theme or one.theme == theme)]
    rows = []
    for code in grounds.neighbourhoods:
        cells = [_counts(grounds, code, other, ids) for other in FIRST_TWO]
        rows.append(((plain(grounds.called(code)),), *((plain(cell),) for cell in cells)))
    say = grounds.say
    label = grounds.language.label(grounds.edition.policy.theme[theme]) if theme else say("alle thema’s")
    return Table(
        caption=plain(say("Oordelen per wijk: {label}", label=label)),
        headers=(say("Wijk"), say("Naast de rest van de stad"), say("Naast gelijkende wijken")),
        rows=tuple(rows),
        notes=(
            plain(
                say(
                    "Een oordeel gaat over de verandering van het verschil, met correctie voor alles wat tegelijk "
                    "is getoetst."
                )
            ),
        ),
        id=id_of("tabel", asked),
        widths=(3, 5, 5),
    )


def _counts(grounds: Grounds, code: str, other: str, ids: Sequence[str]) -> str:
    found = grounds.judged(code, other)
    counted: dict[Verdict, int] = {}
    for id_ in ids:
        if id_ in found:
            counted[found[id_]] = counted.get(found[id_], 0) + 1
    return verdicts.numbered(grounds.language, counted) or grounds.say("geen cijfers")


def _differences(grounds: Grounds, asked: Reference) -> Table | None:
    """Show how far neighbourhoods lie apart on one indicator: the highest and the lowest, each with its margin."""
    indicator = grounds.indicator(_second(grounds, asked))
    found = grounds.latest(indicator)
    if not found:
        return None
    ordered = sorted(found, key=lambda one: (one[1].value or 0.0, one[0]))
    ends = ordered if len(ordered) <= 2 * _EACH_SIDE else [*ordered[:_EACH_SIDE], *ordered[-_EACH_SIDE:]]
    say = grounds.say
    note = say(
        "{shown} van de {all} wijken met een cijfer: de laagste en de hoogste.", shown=len(ends), all=len(ordered)
    )
    return Table(
        caption=plain(say("Verschillen tussen de wijken: {label}", label=grounds.language.label(indicator))),
        headers=(say("Wijk"), say("Cijfer"), say("Marge"), say("Naast de rest van de stad")),
        rows=tuple(_difference(grounds, indicator, code, one) for code, one in ends),
        notes=(plain(note),),
        id=id_of("tabel", asked),
        widths=(4, 3, 4, 4),
    )


def _difference(grounds: Grounds, indicator: Indicator, code: str, one: Figure) -> tuple[tuple[Text, ...], ...]:
    speaker = grounds.speaker
    beside = one.beside.get(FIRST_TWO[0])
    gap = speaker.short_gap(indicator, beside.gap) if beside else ""
    period = quantity.short_period(grounds.language, indicator, one.period)
    return (
        (plain(grounds.called(code)),),
        (plain(speaker.value(indicator, one)), plain(period)),
        (plain(speaker.margin(indicator, one)),),
        (plain(gap or grounds.say("geen verschil bekend")),),
    )


def _studies(grounds: Grounds, asked: Reference) -> Table:
    """List the studies on the shelf with their answers and grades."""
    say, language = grounds.say, grounds.language
    rows = []
    for result in grounds.studies:
        signs = dict.fromkeys(sign_of(language, result.study, one.conclusion)[1] for one in result.outcomes)
        level = grade_of(result)
        seen = result.study.appraisal
        rows.append(
            (
                (plain(title_of(language, result.study)),),
                tuple(plain(sign) for sign in signs) or (plain("–"),),
                (plain(level_short(language, level) if level else say("geen graad")),),
                (
                    plain(
                        f"{seen.design}, {seen.execution}, {seen.policy_yield}" if seen else say("nog niet beoordeeld")
                    ),
                ),
            )
        )
    return Table(
        caption=plain(say("Onderzoeken naar het effect, met de graad van zekerheid")),
        headers=(say("Onderzoek"), say("Antwoord"), say("Bewijs"), say("Commissie")),
        rows=tuple(rows),
        notes=(plain(say("Commissie: opzet, uitvoering en bruikbaarheid, elk van 1 (zwak) tot 5 (sterk).")),),
        id=id_of("tabel", asked),
        widths=(5, 4, 4, 3),
    )


def _study(grounds: Grounds, asked: Reference) -> Table:
    return _told(study_table(grounds, grounds.study(_second(grounds, asked))), id_of("tabel", asked))


def _decisions(grounds: Grounds, asked: Reference) -> Table:
    """List what was decided, when parliament heard of it, and when a neighbourhood may return."""
    say, state = grounds.say, grounds.known_state()
    rows = []
    for one in sorted(state.decisions, key=lambda one: (one.decided_on, one.area)):
        told = grounds.language.short_day(one.parliament_informed_on) if one.parliament_informed_on else say("nog niet")
        back = [plain(say("Terug als: {when}", when=one.returns_when))] if one.returns_when else []
        rows.append(
            (
                (plain(_name(grounds, one.area, one.city)),),
                (plain(say(COURSES[one.course])), plain(grounds.language.short_day(one.decided_on))),
                (plain(one.why), *back),
                (plain(told), *([plain(one.parliament_paper)] if one.parliament_paper else [])),
            )
        )
    return Table(
        caption=plain(say("Besluiten over de wijken")),
        headers=(say("Wijk"), say("Besluit"), say("Waarom"), say("Kamer gehoord")),
        rows=tuple(rows),
        id=id_of("tabel", asked),
        widths=(3, 2.6, 7, 3),
    )


def _agreed(grounds: Grounds, asked: Reference) -> Table:
    """Count the agreements by neighbourhood: how many are kept, how many are late, and the money."""
    say, state, language = grounds.say, grounds.known_state(), grounds.language
    grouped: dict[str, list[Item]] = {}
    for agreement, item in items(state):
        grouped.setdefault(_name(grounds, agreement.area, agreement.city), []).append(item)
    rows = []
    for name, found in sorted(grouped.items()):
        counted = {status: sum(1 for one in found if one.status is status) for status in STATUSES}
        known = [one.budget_cents for one in found if one.budget_cents is not None]
        stands = tuple(
            plain(f"{language.whole(count)} {say(STATUSES[status])}") for status, count in counted.items() if count
        )
        seen = sum(1 for one in found if one.found)
        rows.append(
            (
                (plain(name),),
                (plain(language.whole(len(found))),),
                stands,
                (plain(language.whole(seen)),),
                (plain(money(language, sum(known)) if known else say("niet bekend")),),
            )
        )
    return Table(
        caption=plain(say("Afspraken per wijk, met het toegezegde geld")),
        headers=(
            say("Wijk of stad"),
            say("Afspraken"),
            say("Hoe het ermee staat"),
            say("Onafhankelijk vastgesteld"),
            say("Toegezegd"),
        ),
        rows=tuple(rows),
        id=id_of("tabel", asked),
        widths=(4, 2, 4, 3, 3),
        right=(1, 3, 4),
    )


def _promises(grounds: Grounds, asked: Reference) -> Table:
    """List what was promised to parliament, with the answer or that there is none yet."""
    say, state, language = grounds.say, grounds.known_state(), grounds.language
    rows = []
    for one in sorted(state.promises, key=lambda one: (one.due, one.paper)):
        answer = (
            [plain(one.answer), plain(one.answer_paper)] if one.answered_on else [plain(say("nog niet beantwoord"))]
        )
        rows.append(
            (
                (plain(one.paper),),
                (plain(one.text),),
                (plain(language.short_day(one.due)),),
                tuple(line for line in answer if line),
            )
        )
    return Table(
        caption=plain(say("Toezeggingen en moties, met het antwoord")),
        headers=(say("Stuk"), say("Wat"), say("Voor"), say("Antwoord")),
        rows=tuple(rows),
        id=id_of("tabel", asked),
        widths=(3, 5, 2, 5),
    )


def _advice(grounds: Grounds, asked: Reference) -> Table:
    """List what committees recommended, with the answers beside it."""
    say, state = grounds.say, grounds.known_state()
    rows = [
        (
            (plain(_name(grounds, seen.area, seen.city)), plain(str(seen.on.year))),
            (plain(one.text),),
            (plain(one.answer_text or say("nog geen antwoord")),),
        )
        for seen in sorted(state.visitations, key=lambda seen: (seen.on, seen.area))
        for one in seen.recommendations
    ]
    return Table(
        caption=plain(say("Wat visitatiecommissies aanbevalen")),
        headers=(say("Wijk of stad"), say("Aanbeveling"), say("Antwoord")),
        rows=tuple(rows),
        id=id_of("tabel", asked),
        widths=(3, 6, 6),
    )


def _second(grounds: Grounds, asked: Reference) -> str:
    if len(asked.words) < 2:
        raise AskedError(grounds.say("Bij de tabel {kind} hoort waarover zij gaat.", kind=repr(asked.words[0])))
    return asked.words[1]


def _name(grounds: Grounds, area: str, city: str) -> str:
    if area in grounds.names:
        return grounds.called(area)
    return grounds.names.get(city) or grounds.language.label(grounds.programme)


def reading_table(grounds: Grounds, readings: Sequence[Reading], caption: str, name: str) -> Table:
    """Set the latest figures of an area beside both comparators, as a table of a report."""
    from wijkpeil.portrayal.table import position_table

    return _told(position_table(grounds.speaker, readings, caption=caption), name, (4.6, 2.6, 3, 3, 3.6))


TABLES: dict[str, Callable[[Grounds, Reference], Table | None]] = {
    "uitkomsten": _outcomes,
    "oordelen": _verdicts,
    "verschillen": _differences,
    "onderzoeken": _studies,
    "onderzoek": _study,
    "besluiten": _decisions,
    "afspraken": _agreed,
    "toezeggingen": _promises,
    "aanbevelingen": _advice,
}
"""The tables that can be asked for, by name."""
