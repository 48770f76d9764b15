"""What a map is sent to colour itself: small arrays in the order of its shapes, and the words of its legend."""

from collections.abc import Callable
from typing import Any

import polars as pl

from wijkpeil.domain.indicator import Indicator, Nature
from wijkpeil.domain.status import Status
from wijkpeil.domain.verdict import NotJudged, Verdict
from wijkpeil.portrayal import quantity, reasons, verdicts
from wijkpeil.portrayal.classes import Classes, around_zero, by_quantiles, change_pattern, gap_pattern
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.subject import areas_of
from wijkpeil.portrayal.words import NEVER_DIFFERENCED, Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.layers import Layer, What, layer_of
from wijkpeil.web.explorer.asking import Wanted

_NUMBER = "{number}"


def colours(edition: Edition, language: Language, wanted: Wanted) -> dict[str, Any]:
    """Give one map as a record for a script.

    ``kinds`` is the class of each area (-1: no value), ``unsure`` 1 where its margin reaches over more classes,
    ``values``, ``lows`` and ``highs`` are in the unit of the reader, ``why`` the place in ``reasons`` of an absent one.
    """
    indicator = edition.policy.indicator[wanted.indicator]
    speaker = Speaker(language=language, policy=edition.policy)
    found = layer_of(
        edition,
        indicator=indicator.id,
        level=wanted.level,
        period=wanted.period,
        what=wanted.what,
        comparator=wanted.comparator,
    )
    arrays = _verdicts(language, found) if wanted.what is What.VERDICT else _numbers(speaker, indicator, wanted, found)
    return {
        "indicator": indicator.id,
        "caption": _caption(speaker, indicator, edition, wanted, found),
        "note": _note(speaker, indicator, wanted, arrays["kinds"]),
        "period": found.period,
        "periods": [[one, quantity.short_period(language, indicator, one)] for one in reversed(found.periods)],
        **arrays,
    }


def _numbers(speaker: Speaker, indicator: Indicator, wanted: Wanted, found: Layer) -> dict[str, Any]:
    language, is_value = speaker.language, wanted.what is What.VALUE
    pattern = gap_pattern(indicator) if wanted.what is What.GAP else change_pattern(indicator)
    known = list(found.fixed)
    classes = by_quantiles(speaker, indicator, known) if is_value else around_zero(speaker, indicator, known, pattern)
    shown = found.shown
    rows = list(zip(shown["value"], shown["low"], shown["high"], strict=True))
    kinds = [-1 if value is None else classes.of(value) for value, _, _ in rows]
    unsure = [int(value is not None and classes.is_unsure(low, high)) for value, low, high in rows]
    why, listed = _why(shown, lambda reason: _reason(language, wanted.what, reason))
    written = quantity.in_words if is_value else quantity.short_size
    return {
        "kinds": kinds,
        "unsure": unsure,
        "values": _scaled(indicator, shown["value"]),
        "lows": _scaled(indicator, shown["low"]),
        "highs": _scaled(indicator, shown["high"]),
        "why": why,
        "reasons": listed,
        "legend": _legend(classes, kinds),
        "decimals": quantity.decimals_of(indicator),
        "pattern": written(language, indicator, 0.0).replace(quantity.plain_number(language, indicator, 0.0), _NUMBER),
        "signed": None if is_value else [language.say(one, size="{size}") for one in pattern],
    }


def _verdicts(language: Language, found: Layer) -> dict[str, Any]:
    order = list(Verdict)
    shown = found.shown
    kinds = [-1 if one is None else order.index(Verdict(one)) for one in shown["verdict"]]
    why, listed = _why(
        shown.with_columns(value=pl.lit(None)),
        lambda reason: verdicts.reason_words(language, NotJudged(reason)) if reason else "",
    )
    return {
        "kinds": kinds,
        "unsure": [int(one == Verdict.CANNOT_TELL.value) for one in shown["verdict"]],
        "values": [None] * shown.height,
        "lows": [],
        "highs": [],
        "why": why,
        "reasons": listed,
        "legend": [
            [f"is-{one.value}", f"{verdicts.GLYPHS[one]} {verdicts.word(language, one)}", kinds.count(place)]
            for place, one in enumerate(order)
        ],
        "decimals": 0,
        "pattern": "",
        "signed": None,
    }


def _legend(classes: Classes, kinds: list[int]) -> list[list[object]]:
    if all(kind < 0 for kind in kinds):
        return []
    return [
        [colour, text, kinds.count(kind)]
        for kind, (colour, text) in enumerate(zip(classes.colours, classes.labels, strict=True))
    ]


def _why(shown: pl.DataFrame, worded: Callable[[str | None], str]) -> tuple[list[int], list[str]]:
    listed: dict[str, int] = {}
    places = []
    for value, reason in zip(shown["value"], shown["reason"], strict=True):
        places.append(-1 if value is not None else listed.setdefault(worded(reason), len(listed)))
    return places, list(listed)


def _reason(language: Language, what: What, reason: str | None) -> str:
    if reason is None:
        return language.say("geen bron")
    if what is What.CHANGE:
        said = reasons.no_change(language, reason) or reasons.no_change(language, "no_figures") or ""
        return f"{said[:1].lower()}{said[1:]}".rstrip(".")
    return reasons.short(language, Status(reason))


def _scaled(indicator: Indicator, numbers: pl.Series) -> list[float | None]:
    return (numbers.cast(pl.Float64) * indicator.unit.factor).round(quantity.decimals_of(indicator)).to_list()


def _caption(speaker: Speaker, indicator: Indicator, edition: Edition, wanted: Wanted, found: Layer) -> str:
    language, other = speaker.language, speaker.comparator(wanted.comparator)
    parts = {
        "label": language.label(indicator),
        "around": areas_of(language, wanted.level, edition.policy.name),
        "other": other,
    }
    period = (
        quantity.period_words(language, indicator, found.period) if found.period else language.say("nog geen cijfer")
    )
    if wanted.what is What.VALUE:
        return language.say("{label}, {period}: {around}", period=period, **parts)
    if wanted.what is What.GAP:
        return language.say("{label}, {period}: {around}, verschil met {other}", period=period, **parts)
    if wanted.what is What.CHANGE:
        return language.say("{label}: {around}, hoe het verschil met {other} veranderde sinds de start", **parts)
    return language.say("{label}: {around}, het oordeel naast {other}", **parts)


def _note(speaker: Speaker, indicator: Indicator, wanted: Wanted, kinds: list[int]) -> str:
    say = speaker.language.say
    if wanted.what is not What.VALUE and indicator.kind in NEVER_DIFFERENCED:
        return say(NEVER_DIFFERENCED[indicator.kind])
    if all(kind < 0 for kind in kinds):
        return say("Op deze kaart is er nog geen cijfer voor dit soort gebied.")
    if wanted.what is What.VALUE:
        said = say(
            "Elke kleur heeft ongeveer evenveel gebieden. "
            "De legenda zegt wat hoog en laag is; hoog is niet beter of slechter."
        )
    elif wanted.what is What.VERDICT:
        said = say("Een oordeel gaat over de verandering van het verschil sinds de nulmeting.")
    else:
        said = say("De middelste kleur is een verschil dat te klein is om iets te betekenen.")
    if indicator.nature is Nature.MODELLED:
        said = f"{said} {say('Dit cijfer is geschat met een model, niet geteld.')}"
    return said
