"""From the words of a user to an edition, an area and indicators, or a sentence with what was probably meant."""

import argparse
from collections.abc import Sequence

import polars as pl

from wijkpeil.areas.find import Found
from wijkpeil.cli.mistake import MistakeError, did_you_mean
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.area import Level
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.policy import Policy
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.subject import level_words
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.shelf import Shelf

_SHOWN = 8


def open_edition(arguments: argparse.Namespace, screen: Screen) -> Edition:
    """Open the edition that was asked for, or the newest; raises ``MistakeError`` with what there is."""
    return Shelf(arguments.shelf).open(known_edition(arguments, screen, arguments.edition))


def known_edition(arguments: argparse.Namespace, screen: Screen, wanted: str | None) -> str:
    """Give the id of an edition that is on the shelf, the newest when none is named; raises ``MistakeError``."""
    language, shelf = screen.language, Shelf(arguments.shelf)
    there = [manifest.id for manifest in shelf.editions()]
    if not there:
        raise MistakeError(
            language.say(
                "In de map {shelf} staat nog geen editie. Begin met 'wijkpeil start' (een voorbeeld) of "
                "'wijkpeil build --data MAP', of noem een andere map met --shelf.",
                shelf=arguments.shelf,
            )
        )
    if wanted is not None and wanted not in there:
        raise MistakeError(
            language.say(
                "Editie {wanted} staat niet in {shelf}. Wel: {there}.",
                wanted=repr(wanted),
                shelf=arguments.shelf,
                there=language.series(there),
            )
            + did_you_mean(language, wanted, there)
        )
    return wanted or there[-1]


def area_names(edition: Edition) -> dict[str, str]:
    """Give the name of every area."""
    return dict(zip(edition.areas["code"], edition.areas["name"], strict=True))


def area_code(edition: Edition, typed: str, language: Language) -> tuple[str, list[str]]:
    """Find the one area that was meant; give its code and what the reader should know about the choice.

    Raises ``MistakeError`` when nothing fits, or more than one area of the same level.
    """
    found = edition.find(typed)
    notes = _elsewhere(found, edition, language)
    if found.best is not None:
        others = [code for code in found.matches if code != found.best]
        return found.best, notes + _others(others, edition, language)
    if not found.matches:
        raise MistakeError(" ".join([_unknown(typed, found.suggestions, language), *notes]))
    listed = "\n".join(f"  {line}" for line in _described(found.matches, edition, language))
    asked = language.say("{typed} kan meer dan één gebied zijn. Kies er een met zijn code:", typed=repr(typed))
    raise MistakeError(f"{asked}\n{listed}")


def chosen_indicators(policy: Policy, arguments: argparse.Namespace, language: Language) -> list[Indicator]:
    """Give the indicators of the theme and with the text that were asked for, all of them when nothing was.

    An id or name in full means that indicator alone; part of one means every indicator that has it.
    """
    chosen: Sequence[Indicator] = policy.indicators
    if arguments.theme is not None:
        theme = _theme(policy, arguments.theme, language)
        chosen = [indicator for indicator in chosen if indicator.theme == theme]
    if arguments.indicator is None:
        return list(chosen)
    text = arguments.indicator.casefold()
    exact = [one for one in chosen if text in {one.id.casefold(), one.label.casefold(), one.label_en.casefold()}]
    fitting = exact or [
        one for one in chosen if any(text in name.casefold() for name in (one.id, one.label, one.label_en))
    ]
    if not fitting:
        names = [name for one in chosen for name in (one.id, language.label(one))]
        raise MistakeError(
            language.say("Geen indicator heeft {text} in zijn naam.", text=repr(arguments.indicator))
            + did_you_mean(language, arguments.indicator, names)
        )
    return fitting


def _theme(policy: Policy, typed: str, language: Language) -> str:
    for theme in policy.themes:
        if typed.casefold() in {theme.id.casefold(), theme.label.casefold(), theme.label_en.casefold()}:
            return theme.id
    labels = [language.label(theme) for theme in policy.theme.values()]
    raise MistakeError(
        language.say("Het thema {typed} bestaat niet.", typed=repr(typed))
        + (did_you_mean(language, typed, labels) or " " + language.say("Kies uit: {labels}.", labels=", ".join(labels)))
    )


def _unknown(typed: str, suggestions: Sequence[str], language: Language) -> str:
    said = language.say("Deze editie kent geen gebied {typed}.", typed=repr(typed))
    if suggestions:
        return f"{said} {language.say('Bedoelde je {suggestions}?', suggestions=', '.join(suggestions))}"
    return said


def _described(codes: Sequence[str], edition: Edition, language: Language) -> list[str]:
    names = dict(zip(edition.areas["code"], edition.areas["name"], strict=True))
    rows = {row["code"]: row for row in edition.areas.filter(pl.col("code").is_in(codes)).iter_rows(named=True)}
    lines = []
    for code in codes[:_SHOWN]:
        level = level_words(language, Level(rows[code]["level"]))
        city = names.get(rows[code]["gemeente"])
        lines.append(f"{code}  {names[code]} ({level}{f', {city}' if city and city != names[code] else ''})")
    more = len(codes) - _SHOWN
    return lines + ([language.say("en nog {count}", count=more)] if more > 0 else [])


def _others(codes: Sequence[str], edition: Edition, language: Language) -> list[str]:
    if not codes:
        return []
    listed = "; ".join(_described(codes, edition, language))
    return [language.say("Er is nog meer met deze naam: {listed}.", listed=listed)]


def _elsewhere(found: Found, edition: Edition, language: Language) -> list[str]:
    """Say what the same code names in other map years."""
    by_name: dict[str, list[str]] = {}
    for other in found.elsewhere:
        by_name.setdefault(other.name, []).append(str(other.area.vintage))
    if not by_name:
        return []
    listed = "; ".join(f"{', '.join(years)}: {name}" for name, years in by_name.items())
    return [
        language.say(
            "Let op: {code} is op andere kaarten een ander gebied ({listed}). "
            "Deze editie gebruikt de kaart van {year}.",
            code=found.elsewhere[0].area.code,
            listed=listed,
            year=edition.manifest.map_year,
        )
    ]
