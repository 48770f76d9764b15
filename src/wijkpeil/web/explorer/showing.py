"""The page around the map: its choices, what its script needs to know, and what stands there without a script."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from wijkpeil.domain.area import Level
from wijkpeil.portrayal import everywhere, quantity
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.subject import areas_of, levels_words
from wijkpeil.portrayal.table import Table
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.everywhere import Choice, everywhere_of, latest_periods
from wijkpeil.publication.layers import What, has_verdicts
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.choosing import Options, comparator_options, gemeente_options, gemeenten
from wijkpeil.web.design.errors import BadQuestionError
from wijkpeil.web.design.small_map import SmallMap, small_map
from wijkpeil.web.explorer.asking import WORDS, Wanted, mapped_levels, wanted

_COUNTRY_WIDE = (Level.GEMEENTE, Level.PROGRAMME_AREA)


@dataclass(frozen=True, kw_only=True)
class Explored:
    """Everything on the page of the map; ``texts`` is JSON for its script."""

    wanted: Wanted
    gemeente: str
    indicators: tuple[tuple[str, Options], ...]
    whats: Options
    levels: Options
    periods: Options
    comparators: Options
    gemeenten: Options
    texts: str
    first_shapes: str
    first_values: str
    still: SmallMap | None
    table: Table
    links: tuple[str, ...]
    indicator_page: str


def explored(edition: Edition, language: Language, query: Mapping[str, str]) -> Explored:
    """Gather the page; raises ``BadQuestionError`` for what this edition does not have."""
    asked = wanted(edition, language, query)
    gemeente = query.get("gemeente", "")
    if gemeente and gemeente not in gemeenten(edition):
        raise BadQuestionError(language.say("De gemeente {code} komt niet voor in deze editie.", code=gemeente[:40]))
    speaker = Speaker(language=language, policy=edition.policy)
    still_level = asked.level if gemeente or asked.level in _COUNTRY_WIDE else Level.GEMEENTE
    where = gemeente if gemeente and still_level is not Level.GEMEENTE else None
    found = everywhere_of(
        edition,
        Choice(indicator=asked.indicator, level=still_level, gemeente=where, period=None, comparator=asked.comparator),
    )
    if asked.period in found.periods:
        found = everywhere_of(
            edition,
            Choice(
                indicator=asked.indicator,
                level=still_level,
                gemeente=where,
                period=asked.period,
                comparator=asked.comparator,
            ),
        )
    indicator = found.indicator
    period = (
        quantity.period_words(language, indicator, found.period) if found.period else language.say("nog geen cijfer")
    )
    caption = language.say(
        "{label} in {around}, {period}, naast {other}",
        label=language.label(indicator),
        around=areas_of(language, still_level, gemeenten(edition)[where] if where else edition.policy.name),
        period=period,
        other=speaker.comparator(asked.comparator),
    )
    places = sorted(found.places, key=lambda one: one.name.casefold())
    query_now: dict[str, object] = {
        "indicator": asked.indicator,
        "wat": asked.what.value,
        "niveau": asked.level.value,
        "periode": asked.period,
        "vergelijking": asked.comparator,
    }
    return Explored(
        wanted=asked,
        gemeente=gemeente,
        indicators=_indicator_options(edition, language),
        whats=tuple(
            (one.value, language.say(words))
            for one, words in WORDS.items()
            if one is not What.VERDICT or has_verdicts(edition, Level.PROGRAMME_AREA)
        ),
        levels=tuple((one.value, levels_words(language, one)) for one in mapped_levels(edition)),
        periods=tuple((str(one), quantity.short_period(language, indicator, one)) for one in reversed(found.periods)),
        comparators=comparator_options(edition, speaker, asked.level),
        gemeenten=gemeente_options(edition, language),
        texts=json.dumps(_texts(edition, language), ensure_ascii=False),
        first_shapes=_shapes(edition, asked.level.value),
        first_values=address("explorer-values", edition=edition.id, query=query_now),
        still=small_map(speaker, edition, found, caption),
        table=everywhere.table(
            speaker,
            indicator,
            places,
            comparator=asked.comparator,
            caption=caption,
            is_changed=any(asked.comparator in one.reading.shifts for one in places),
        ),
        links=tuple(address("area", edition=edition.id, code=one.code) for one in places if one.value is not None),
        indicator_page=address(
            "indicator",
            edition=edition.id,
            id_=asked.indicator,
            query={"gemeente": gemeente, "niveau": asked.level.value, "vergelijking": asked.comparator},
        ),
    )


def _indicator_options(edition: Edition, language: Language) -> tuple[tuple[str, Options], ...]:
    there = latest_periods(edition)
    return tuple(
        (language.label(theme), listed)
        for theme in edition.policy.theme.values()
        if (
            listed := tuple(
                (one.id, language.label(one))
                for one in edition.policy.indicators
                if one.theme == theme.id and one.id in there
            )
        )
    )


def _shapes(edition: Edition, level: str) -> str:
    version = edition.manifest.content[:12]
    return address("explorer-shapes", edition=edition.id, level=level, query={"v": version})


def _texts(edition: Edition, language: Language) -> dict[str, object]:
    """Give the words and addresses that the script of the map needs."""
    say = language.say
    speaker = Speaker(language=language, policy=edition.policy)
    levels = mapped_levels(edition)
    return {
        "locale": "nl-NL" if language.code == "nl" else "en-GB",
        "shapes": {one.value: _shapes(edition, one.value) for one in levels},
        "comparators": {one.value: comparator_options(edition, speaker, one) for one in levels},
        "values": address("explorer-values", edition=edition.id),
        "area": address("area", edition=edition.id, code="CODE"),
        "play": say("Speel de jaren af"),
        "stop": say("Stop"),
        "absent": say("geen cijfer"),
        "unjudged": say("geen oordeel"),
        "unsure": say("streepjes over een kleur: de marge valt over meer dan één kleur"),
        "unknown": say("Deze gegevens komen nu niet binnen. Probeer het later opnieuw."),
        "equal": say("gelijk"),
        "margin": say("marge {low} tot {high}", low="{low}", high="{high}"),
        "pick": say(
            "Wijs een gebied aan. Met het toetsenbord: verschuif de kaart met de pijlen, Enter opent het midden."
        ),
        "shown": say("{shown} van {all} gebieden in beeld, op naam", shown="{shown}", all="{all}"),
        "locales": {
            "Map.Title": say("Kaart die je kunt verschuiven"),
            "NavigationControl.ZoomIn": say("Zoom in"),
            "NavigationControl.ZoomOut": say("Zoom uit"),
        },
    }
