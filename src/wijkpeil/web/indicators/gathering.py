"""Everything that the page of one indicator shows, as words, tables and pictures."""

from dataclasses import dataclass

from wijkpeil.domain.area import Level
from wijkpeil.domain.indicator import Indicator, Kind
from wijkpeil.portrayal import crowd as crowds
from wijkpeil.portrayal import everywhere, quantity
from wijkpeil.portrayal.distribution import Distribution, distribution
from wijkpeil.portrayal.funnel import Drawn, funnel
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.subject import areas_of
from wijkpeil.portrayal.table import Table
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.everywhere import Everywhere, everywhere_of
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.choosing import (
    Asked,
    Options,
    comparator_options,
    gemeente_options,
    gemeenten,
    level_options,
)
from wijkpeil.web.design.small_map import SmallMap, small_map


@dataclass(frozen=True, kw_only=True)
class Trumpet:
    """The funnel of the areas with its sentences and its table."""

    drawn: Drawn
    sentences: tuple[str, ...]
    table: Table


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The page of one indicator."""

    indicator: Indicator
    title: str
    label: str
    theme: str
    theme_id: str
    question: str
    period: str
    around: str
    beside: str
    level: Level
    gemeente: str
    chosen_period: str
    comparator: str
    order: str
    gemeenten: Options
    levels: Options
    periods: Options
    comparators: Options
    lead: str
    table: Table
    links: tuple[str, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]
    trumpet: Trumpet | None
    no_trumpet: tuple[str, ...]
    spread: Distribution | None
    map: SmallMap | None
    about: tuple[tuple[str, str], ...]
    breaks: tuple[tuple[int, str], ...]
    sources: tuple[tuple[str, str, str, str], ...]
    csv: str
    package: str
    explorer: str


def shown(edition: Edition, language: Language, question: Asked) -> Shown:
    """Gather the page; raises ``NoSuchChoiceError`` for a period without figures."""
    found = everywhere_of(edition, question.choice)
    speaker = Speaker(language=language, policy=edition.policy)
    indicator, choice = found.indicator, found.choice
    names = gemeenten(edition)
    where = names[choice.gemeente] if choice.gemeente else edition.policy.name
    around = areas_of(language, choice.level, where)
    period = (
        quantity.period_words(language, indicator, found.period) if found.period else language.say("nog geen cijfer")
    )
    places = sorted(
        found.places, key=lambda one: (one.name.casefold(), one.code) if question.by_name else (one.code, "")
    )
    other = speaker.comparator(choice.comparator)
    label = language.label(indicator)
    caption = language.say(
        "{label} in {around}, {period}, naast {other}", label=label, around=around, period=period, other=other
    )
    with_value = [one for one in places if one.value is not None]
    query: dict[str, object] = {
        "gemeente": choice.gemeente,
        "niveau": choice.level.value,
        "periode": found.period,
        "vergelijking": choice.comparator,
    }
    return Shown(
        indicator=indicator,
        title=label,
        label=label,
        theme=language.label(edition.policy.theme[indicator.theme]),
        theme_id=indicator.theme,
        question=indicator.question,
        period=period,
        around=around,
        beside=other,
        level=choice.level,
        gemeente=choice.gemeente or (question.area if question.area in names else "") or "",
        chosen_period=str(found.period or ""),
        comparator=choice.comparator,
        order="naam" if question.by_name else "code",
        gemeenten=gemeente_options(edition, language),
        levels=level_options(edition, language, choice.gemeente or question.area),
        periods=tuple((str(one), quantity.short_period(language, indicator, one)) for one in reversed(found.periods)),
        comparators=comparator_options(edition, speaker, choice.level),
        lead=language.say(
            "{shown} van {around} ({all}) hebben een cijfer over {period}.",
            shown=language.whole(len(with_value)),
            around=around,
            all=language.whole(len(places)),
            period=period,
        ),
        table=everywhere.table(
            speaker,
            indicator,
            places,
            comparator=choice.comparator,
            caption=caption,
            is_changed=any(choice.comparator in one.reading.shifts for one in places),
        ),
        links=tuple(address("area", edition=edition.id, code=one.code) for one in with_value),
        missing=tuple(everywhere.absences(language, places)),
        trumpet=_trumpet(speaker, found, around, question.area),
        no_trumpet=_no_trumpet(speaker, found, around),
        spread=_spread(speaker, edition, found, around, period),
        map=small_map(speaker, edition, found, caption),
        about=tuple(everywhere.about(speaker, indicator)),
        breaks=tuple((one.year, one.note) for one in indicator.breaks),
        sources=tuple(everywhere.sources_of(speaker, places)),
        csv=address("indicator-csv", edition=edition.id, id_=indicator.id, query=query),
        package=address("download-indicator", edition=edition.id, indicator=indicator.id),
        explorer=address("explorer", edition=edition.id, query={"indicator": indicator.id, **query, "wat": "waarde"}),
    )


def _trumpet(speaker: Speaker, found: Everywhere, around: str, here: str | None) -> Trumpet | None:
    if found.crowd is None:
        return None
    here = here if found.crowd.member(here or "") else None
    picture = funnel(speaker, found.indicator, found.crowd, identity="trechter", around=around, here=here)
    if picture is None:
        return None
    caption = speaker.language.say("{label}: uitzonderingen", label=speaker.language.label(found.indicator))
    return Trumpet(
        drawn=picture,
        sentences=tuple(crowds.sentences(speaker, found.indicator, found.crowd, around=around, here=here)),
        table=crowds.table(speaker, found.indicator, found.crowd, caption=caption, here=here),
    )


def _no_trumpet(speaker: Speaker, found: Everywhere, around: str) -> tuple[str, ...]:
    """Say why there is no funnel, where there is none."""
    if found.crowd is not None:
        return tuple(crowds.sentences(speaker, found.indicator, found.crowd, around=around))
    if found.period is None:
        return (speaker.language.say("Er zijn nog geen cijfers."),)
    return (speaker.language.say("Kies een gemeente en haar wijken of buurten: die zetten we samen in een trechter."),)


def _spread(speaker: Speaker, edition: Edition, found: Everywhere, around: str, period: str) -> Distribution | None:
    if found.indicator.kind in {Kind.COUNT, Kind.ORDINAL}:
        return None
    is_part = found.choice.gemeente is not None
    return distribution(
        speaker,
        found.indicator,
        found.country,
        [one.value for one in found.places if one.value is not None] if is_part else [],
        identity="verdeling",
        around=areas_of(speaker.language, found.choice.level, edition.policy.name),
        ours=around if is_part else None,
        period=period,
    )
