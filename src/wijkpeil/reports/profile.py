"""The profile of one area: a few pages that stand on their own, from an edition and the state of a programme."""

import re
from collections import defaultdict
from collections.abc import Iterator

from wijkpeil.domain.area import Level
from wijkpeil.domain.indicator import Nature
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import subject, verdicts
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.likeness import match_sentences
from wijkpeil.portrayal.profile import absences, named, origins
from wijkpeil.portrayal.subject import Subject
from wijkpeil.portrayal.words import Speaker
from wijkpeil.reports import programme
from wijkpeil.reports.document import (
    Block,
    Document,
    Facts,
    Heading,
    Listing,
    Note,
    Paragraph,
    Provenance,
    Role,
    Span,
    Text,
    plain,
)
from wijkpeil.reports.position import Where, themes, through_time
from wijkpeil.reports.state import ProgrammeState, state_hash

_NAMED = 8
"""So many figures are named in a sentence; of more only how many."""


def profile(
    about: Subject, language: Language, *, edition_hash: str, state: ProgrammeState | None = None, site: str = ""
) -> Document:
    """Write the profile of an area; ``site`` is where the site stands, for the address of the page.

    ``state`` is that of the whole programme or of this area; without it the profile says that there is none.
    """
    here = None if state is None else state.of(about.area.code, about.area.gemeente)
    return Document(
        title=about.area.name,
        kicker=_kicker(language, about),
        subtitle=_subtitle(language, about),
        running=about.area.name,
        language=language.code,
        provenance=Provenance(
            edition=about.edition.id,
            edition_hash=edition_hash,
            made_on=about.edition.made_on,
            code_version=about.edition.code_version,
            state_hash=state_hash(here),
            fictional=about.edition.fictional,
        ),
        blocks=tuple(_blocks(language, about, here)),
        address=address(about, site),
        about=language.say("Profiel van {name} uit editie {id}", name=about.area.name, id=about.edition.id),
    )


def address(about: Subject, site: str) -> str:
    """Give the address at which the site shows the same figures for ever: with the edition in it."""
    return f"{site.rstrip('/')}/editie/{about.edition.id}/gebied/{about.area.code}"


def _kicker(language: Language, about: Subject) -> str:
    if about.area.level in {Level.WIJK, Level.PROGRAMME_AREA}:
        return language.say("Wijkprofiel")
    return language.say("Gebiedsprofiel")


def _subtitle(language: Language, about: Subject) -> str:
    area = about.area
    level = subject.level_words(language, area.level)
    where = area.gemeente_name if area.level is not Level.GEMEENTE else ""
    edition = language.say("editie {id}", id=about.edition.id)
    parts = [f"{level[:1].upper()}{level[1:]}", where or about.policy.name, edition]
    return " · ".join(parts)


def _blocks(language: Language, about: Subject, state: ProgrammeState | None) -> Iterator[Block]:
    say, where = language.say, Where(speaker=Speaker(language=language, policy=about.policy), about=about)
    for title, text in subject.warnings(language, about.edition, about.policy):
        yield Note(title=title, text=plain(text), alarm=True)
    yield Facts(pairs=tuple((name, plain(value)) for name, value in subject.facts(language, about)))
    yield from _in_short(where, state)
    yield Heading(text=say("Waar staat {name} nu?", name=about.area.name), id="nu")
    yield from _guide(where)
    yield from themes(where)
    yield Heading(text=say("Loopt het verschil in of op?"), id="verloop")
    wanted = [one for measure in (state.measures if state else ()) for one in measure.indicators]
    yield from through_time(where, first=wanted, state=state)
    yield Heading(text=say("Wat is gewild, afgesproken en gedaan"), id="programma")
    yield from _programme(language, about, state)
    yield Heading(text=say("Wat we niet kunnen zeggen"), id="niet")
    yield from _unknown(where)
    yield Heading(text=say("Bronnen en methode"), id="bronnen")
    yield from _sources(where)


def _in_short(where: Where, state: ProgrammeState | None) -> Iterator[Block]:
    """Say in a few lines what the figures support: how often what was said, and of which figures."""
    speaker, about = where.speaker, where.about
    say = speaker.language.say
    yield Heading(text=say("In het kort"), id="kort")
    items: list[Text] = [plain(sentence) for sentence in speaker.verdict_counts(where.shown)]
    items += list(_claims(where))
    modelled = sum(1 for one in where.shown if one.indicator.nature is Nature.MODELLED)
    if modelled:
        items.append(
            plain(
                speaker.language.say_count(
                    "{count} cijfer komt uit een model: dat beschrijft de wijk, maar bewijst niet dat iets werkt.",
                    "{count} cijfers komen uit een model: die beschrijven de wijk, maar bewijzen niet dat iets werkt.",
                    modelled,
                )
            )
        )
    if not where.shown:
        items.append(plain(say("Er zijn voor dit gebied geen cijfers die we mogen laten zien.")))
    missing = len(about.readings) - len(where.shown)
    if missing and where.shown:
        items.append(
            plain(
                speaker.language.say_count(
                    "{count} cijfer dat we volgen is er voor dit gebied niet.",
                    "{count} cijfers die we volgen zijn er voor dit gebied niet.",
                    missing,
                )
            )
        )
    yield Listing(items=tuple(items))


def _claims(where: Where) -> Iterator[Text]:
    """Name the figures of which something can be said, per verdict and per comparator."""
    speaker = where.speaker
    for verdict in (Verdict.CATCHING_UP, Verdict.FALLING_BEHIND):
        for comparator in where.about.first_two:
            labels = [
                speaker.language.label(one.indicator)
                for one in where.shown
                if comparator in one.judgements and one.judgements[comparator].verdict is verdict
            ]
            if not labels:
                continue
            named_ones = speaker.language.series(labels[:_NAMED])
            if len(labels) > _NAMED:
                named_ones = speaker.language.say(
                    "{names} en {count} andere", names=", ".join(labels[:_NAMED]), count=len(labels) - _NAMED
                )
            lead = f"{verdicts.GLYPHS[verdict]} {verdicts.word(speaker.language, verdict)} "
            beside = speaker.language.say("naast {other}", other=speaker.comparator(comparator))
            yield (Span(text=f"{lead}{beside}", tone=verdict.value), Span(text=f": {named_ones}."))


def _guide(where: Where) -> Iterator[Block]:
    """Say how the strips are read; the signs are named in words, because a legend of pictures cannot be heard."""
    say = where.speaker.language.say
    one, other = named(where.speaker, where.about)
    yield Paragraph(
        text=plain(
            say(
                "De stip is {name}, met de marge eromheen; een open stip heeft geen bekende marge. De ruit is {one}, "
                "de "
                "driehoek {other}. Elk streepje is een ander gebied en het vlak de middelste helft daarvan. Rechts is "
                "gunstig. pp betekent procentpunt.",
                name=where.about.area.name,
                one=one,
                other=other,
            )
        ),
        role=Role.SMALL,
    )


def _programme(language: Language, about: Subject, state: ProgrammeState | None) -> Iterator[Block]:
    say = language.say
    if state is None:
        yield Paragraph(
            text=plain(
                say(
                    "Bij dit profiel is geen stand van een programma gegeven. Wat hier gewild, afgesproken en gedaan "
                    "is, "
                    "staat er dus niet in."
                )
            )
        )
        return
    label = language.label(about.policy.programme[state.programme]) if state.programme in about.policy.programme else ""
    yield Paragraph(
        text=plain(
            say(
                "Stand van het programma ‘{name}’ op {day}.",
                name=label or state.programme,
                day=language.day(state.taken_on),
            )
        ),
        role=Role.SMALL,
    )
    yield from programme.ambitions(language, about.policy, state)
    yield from programme.agreements(language, state)
    yield from programme.measures(language, state)
    yield from programme.decisions(language, state)
    yield from programme.visitations(language, state)
    yield from programme.stories(language, state)


def _unknown(where: Where) -> Iterator[Block]:
    speaker = where.speaker
    say = speaker.language.say
    if any(one.indicator.nature is Nature.MODELLED for one in where.shown):
        yield Paragraph(
            text=plain(
                say(
                    "Een deel van de cijfers is geschat met een model. Zulke cijfers beschrijven een wijk, maar "
                    "bewijzen "
                    "niet dat een maatregel werkt of niet werkt. De makers publiceren geen marge, dus die laten we ook "
                    "niet zien."
                )
            )
        )
    reasons: dict[str, int] = defaultdict(int)
    for reading in where.shown:
        for comparator in reading.first_two:
            one = reading.judgements.get(comparator)
            if one and one.reason and reading.indicator.is_judged:
                reasons[verdicts.reason_words(speaker.language, one.reason)] += 1
    if reasons:
        counted = [f"{reason} ({speaker.language.whole(count)})" for reason, count in reasons.items()]
        yield Paragraph(
            text=plain(say("Geen oordeel, met de reden en hoe vaak: {reasons}.", reasons="; ".join(counted)))
        )
    found = absences(speaker, where.about)
    for absence in found:
        yield Paragraph(
            text=(Span(text=absence.reason, strong=True), Span(text=f" {speaker.language.series(absence.labels)}."))
        )
    if not found:
        yield Paragraph(text=plain(say("Voor elk cijfer dat we volgen is er hier een waarde.")))
    yield Paragraph(
        text=plain(
            say(
                "Dit profiel laat zien hoe het gaat, niet waardoor. Of een maatregel hielp, staat in een onderzoek "
                "met een "
                "graad van zekerheid."
            )
        )
    )


def _sources(where: Where) -> Iterator[Block]:
    language, about = where.speaker.language, where.about
    say = language.say
    yield Listing(
        items=tuple(
            (
                Span(text=origin.source.label, strong=True, lang="nl"),
                Span(
                    text=f" ({origin.source.publisher}; {origin.source.licence}): {origin.source.attribution} ",
                    lang="nl",
                ),
                Span(text=f"{_years(origin.years)} ({origin.count})."),
            )
            for origin in origins(language, about)
        )
    )
    method = (
        say("De rest van de stad is de stad zonder dit gebied. Zo vergelijken we een wijk niet met zichzelf."),
        say(
            "Een verschil is het cijfer hier min het cijfer daar. Is lager beter, dan draaien we het om: achter is "
            "altijd ongunstig."
        ),
        say("De marge is een 95%-marge: van twintig van zulke marges bevatten er ongeveer negentien het echte cijfer."),
        say(
            "Een oordeel gaat over de verandering van het verschil, en alleen als die groter is dan toeval en dan een "
            "drempel die vooraf vaststond. Kunnen we het niet zeggen, dan staat er: niet te zeggen."
        ),
    )
    yield Paragraph(text=plain(" ".join(method)))
    if about.area.level not in {Level.GEMEENTE, Level.GROUP, Level.COUNTRY}:
        yield Paragraph(text=plain(" ".join(match_sentences(language, about.match, about.policy))))


def _years(listed: str) -> str:
    """Write years as the stretches that they make: 2005-2009 and 2012."""
    years = sorted(map(int, re.findall(r"\d{4}", listed)))
    stretches: list[tuple[int, int]] = []
    for year in years:
        if stretches and year == stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], year)
        else:
            stretches.append((year, year))
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in stretches)
