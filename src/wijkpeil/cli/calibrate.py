"""``wijkpeil calibrate``: the house proves its margins and verdicts where the truth is known."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import polars as pl

from wijkpeil.calibration import PROOFS, SEED, Claim, Effort, Line, Part, all_within, calibrate
from wijkpeil.calibration.planted import Scenario
from wijkpeil.cli import records
from wijkpeil.cli.screen import Screen
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.study_words import DESIGNS
from wijkpeil.portrayal.table import Cell, Table

_CAPTIONS = {
    Part.COVERAGE: mark("Marges: van elke 100 marges van 95% bevatten er ongeveer 95 de waarheid"),
    Part.SPARSE: mark("Marges waar gemiddeld minder dan vijf gevallen te verwachten zijn: te ruim mag, te krap niet"),
    Part.FALSE_VERDICTS: mark("Oordelen over 40 gebieden en 30 indicatoren tegelijk: hooguit 5% is onjuist"),
    Part.ONE_SIDED: mark("Precies op de grens: in 2,5% van de keren wordt d voor meer dan d aangezien"),
    Part.SELECTION: mark("Gekozen omdat ze slecht scoorden: de correctie haalt weg wat vanzelf opknapt"),
    Part.POWER: mark("Hoe vaak een echte verandering wordt gezien (zonder grens)"),
    Part.COUNT: mark("Een telling en het toeval: de telling valt in 95% van de landen binnen haar marge"),
    Part.PANEL_NOISE: mark("Ruis uit de reeks zelf: de geschatte fout gedeeld door de echte"),
    Part.HOUSE: mark("Het hele huis: het verzonnen land, van bestanden tot oordelen"),
    Part.EFFECTS: mark("Effecten: waar niets gedaan is, vindt een opzet in hooguit 7% van de landen er toch een"),
    Part.EFFECT_MATRIX: mark("Effecten: wat er mis kan gaan, en of een opzet dan klopt, waarschuwt of zichtbaar faalt"),
}
_OF = {
    "share": mark("aandeel (Wilson)"),
    "rate": mark("aantal per inwoner (mid-P)"),
    "exact_share": mark("aandeel (exact)"),
    "exact_rate": mark("aantal per inwoner (exact)"),
    "survey": mark("enquête (eigen fout)"),
    "family": mark("familie"),
    "gap": mark("achterstand"),
    "count": mark("telling"),
    "score": mark("score"),
    "country": mark("verzonnen land"),
    "wild_bootstrap": mark("toeval per stad"),
    "conformal": mark("schuivende jaren"),
    "romano_wolf": mark("uitkomsten samen"),
    **{design.value: name for design, name in DESIGNS.items()},
}
_CLAIMS = {
    Claim.LEVEL: mark("niveau"),
    Claim.GAP: mark("achterstand"),
    Claim.CHANGE: mark("verandering"),
    Claim.MOVED: mark("onjuist 'loopt in' of 'loopt uit'"),
    Claim.STEADY: mark("onjuist 'gelijk gebleven'"),
    Claim.TOGETHER: mark("onjuist, alle oordelen samen"),
    Claim.CATCHING_UP: mark("'loopt in' bij +d"),
    Claim.FALLING_BEHIND: mark("'loopt uit' bij \N{MINUS SIGN}d"),
    Claim.BIAS_LEFT: mark("wat er overblijft van de naïeve verandering"),
    Claim.EXCESS_COVERED: mark("marge van een gebied bevat de waarheid"),
    Claim.MEAN_COVERED: mark("marge van het gemiddelde bevat de waarheid"),
    Claim.FOUND: mark("gezien"),
    Claim.FOUND_IN_FAMILY: mark("echte veranderingen die gezien worden"),
    Claim.IN_RANGE: mark("telling binnen de marge"),
    Claim.ERROR_RATIO: mark("geschatte fout / echte fout"),
    Claim.VERDICTS: mark("aantal oordelen"),
    Claim.FALSE: mark("onjuiste oordelen"),
    Claim.FALSE_ALARM: mark("vals alarm"),
    Claim.FALSE_ALARM_RESTLESS: mark("vals alarm als juist de onrustigste gebieden gekozen zijn"),
    Claim.FALSE_ALARM_TOGETHER: mark("minstens één vals alarm"),
    Claim.EFFECT_COVERED: mark("marge bevat het effect"),
    Claim.EFFECT_SEEN: mark("effect gezien"),
    Claim.VISIBLE_SEEN: mark("gezien, van wat vooraf zichtbaar heette"),
    Claim.REFUSED: mark("geweigerd"),
    Claim.TRUTH_HELD: mark("marge bevat de waarheid"),
    Claim.FLAGGED: mark("eigen controle waarschuwt"),
}
_SCENARIOS = {
    Scenario.NOTHING: mark("er werkt niets"),
    Scenario.EFFECT: mark("het werkt"),
    Scenario.WORST_CHOSEN: mark("de slechtste gekozen, er werkt niets"),
    Scenario.DISPLACEMENT: mark("het schuift op naar de buren"),
    Scenario.STAGGERED: mark("het begint in drie golven"),
    Scenario.ANTICIPATION: mark("het begint al een jaar eerder"),
    Scenario.MOVERS: mark("er komen andere mensen wonen"),
    Scenario.CITY_SHOCK: mark("de hele stad verandert"),
}
_SETTINGS: dict[str, Callable[[Language, float], str]] = {
    "base": lambda language, base: language.say("{base} mensen", base=language.whole(base)),
    "nothing_happened": lambda language, part: language.say("{part}% niets gebeurd", part=language.whole(100 * part)),
    "at_bound": lambda language, part: language.say("alles precies op de grens"),
    "periods": lambda language, count: language.say("{count} jaren tot de nulmeting", count=language.whole(count)),
    "chosen_until": lambda language, year: (
        language.say("gekozen op de nulmeting") if year == 0 else language.say("gekozen een jaar eerder")
    ),
    "cities": lambda language, count: language.say("{count} steden", count=language.whole(count)),
    "years": lambda language, count: language.say("{count} jaren", count=language.whole(count)),
    "size": lambda language, size: f"{language.whole(size)}d",
    "treated": lambda language, count: language.say_count(
        "{count} gekozen gebied", "{count} gekozen gebieden", round(count)
    ),
    "attainable": lambda language, p: language.say("kleinste p {p}", p=language.number(p, 3)),
    "outcomes": lambda language, count: language.say("{count} uitkomsten", count=language.whole(count)),
    "scenario": lambda language, number: language.say(_SCENARIOS[list(Scenario)[round(number)]]),
}
_LISTED = (mark("Wat"), mark("Gemeten"), mark("Grenzen"), mark("Binnen"), mark("Landen"))
_BY_BASE = (Part.COVERAGE, Part.SPARSE, Part.ONE_SIDED, Part.POWER)
_WITH_NAME = (Part.EFFECTS, Part.EFFECT_MATRIX)
"""Parts of which each line names what it is about."""

_NUMBERS = {Claim.ERROR_RATIO: 2, Claim.VERDICTS: 0}


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Prove everything and print the table; 1 when a claim lies outside its limits."""
    say = screen.language.say
    seed = SEED if arguments.seed is None else arguments.seed
    effort = Effort.quick() if arguments.quick else Effort.full()
    with _told(screen) as progress:
        lines = calibrate(effort, seed=seed, progress=progress)
    if screen.form == "json":
        records.write_json({"seed": seed, "quick": arguments.quick, "lines": records.rows(_frame(lines))})
    elif screen.form == "csv":
        records.write_csv(_frame(lines))
    else:
        _report(screen, lines)
    outside = [line for line in lines if not line.is_within]
    if not all_within(lines):
        named = "; ".join(_named(screen.language, line) for line in outside)
        screen.complain(
            screen.language.say_count(
                "{count} bewering houdt geen stand: {named}.",
                "{count} beweringen houden geen stand: {named}.",
                len(outside),
                named=named,
            )
        )
        return 1
    if screen.is_for_people:
        screen.say()
        limited = sum(line.limits.are_there for line in lines)
        screen.say(
            say(
                "Alle {count} beweringen met een grens houden stand (toeval begon bij {seed}).",
                count=screen.language.whole(limited),
                seed=seed,
            ),
            "bold green",
        )
    return 0


def _report(screen: Screen, lines: Sequence[Line]) -> None:
    say = screen.language.say
    for part in Part:
        mine = [line for line in lines if line.part is part]
        if mine:
            screen.table(_by_base(screen.language, part, mine) if part in _BY_BASE else _listed(screen, part, mine))
    screen.say(
        say(
            "± is de standaardfout van de proef zelf. Buiten de grens is wat er meer dan twee van die fouten buiten "
            "ligt; zo'n cijfer heeft een uitroepteken. d is de kleinste verandering die het vermelden waard is."
        ),
        "dim",
    )


def _by_base(language: Language, part: Part, lines: Sequence[Line]) -> Table:
    """Lay out the lines of a part with a column for each base."""
    bases = sorted({line.setting["base"] for line in lines})
    rows: dict[tuple[str, ...], dict[float, Line]] = {}
    for line in lines:
        rows.setdefault(_row(language, line), {})[line.setting["base"]] = line
    headers = (
        language.say("Wat"),
        *(language.whole(base) for base in bases),
        language.say("Grenzen"),
        language.say("Binnen"),
    )
    cells = tuple(
        (
            name,
            *(_measured(language, found[base]) if base in found else ("",) for base in bases),
            tuple(dict.fromkeys(_limits(language, line) for line in found.values())),
            (_within(language, list(found.values())),),
        )
        for name, found in rows.items()
    )
    return Table(caption=language.say(_CAPTIONS[part]), headers=headers, rows=cells)


def _row(language: Language, line: Line) -> Cell:
    further = [_SETTINGS[name](language, number) for name, number in line.setting.items() if name != "base"]
    return (language.say(_OF[line.of]), ", ".join([language.say(_CLAIMS[line.claim]), *further]))


def _listed(screen: Screen, part: Part, lines: Sequence[Line]) -> Table:
    language = screen.language
    headers = tuple(language.say(name) for name in _LISTED)
    rows = tuple(
        (
            (_claimed(language, line), _setting(language, line)),
            _measured(language, line),
            (_limits(language, line),),
            (_within(language, [line]),),
            (language.whole(line.worlds),),
        )
        for line in lines
    )
    return Table(caption=language.say(_CAPTIONS[part]), headers=headers, rows=rows)


def _claimed(language: Language, line: Line) -> str:
    claim = language.say(_CLAIMS[line.claim])
    return f"{claim}, {language.say(_OF[line.of])}" if line.part in _WITH_NAME else claim


def _measured(language: Language, line: Line) -> Cell:
    mark_of = "" if line.is_within else " !"
    return (_number(language, line, line.measured) + mark_of, f"± {_number(language, line, line.error)}")


def _number(language: Language, line: Line, number: float) -> str:
    decimals = _NUMBERS.get(line.claim)
    return f"{language.number(100 * number, 1)}%" if decimals is None else language.number(number, decimals)


def _limits(language: Language, line: Line) -> str:
    low, high = line.limits.low, line.limits.high
    if not line.limits.are_there:
        return language.say("geen")
    if high == float("inf"):
        return language.say("minstens {low}", low=_number(language, line, low))
    if low == -float("inf"):
        return language.say("hoogstens {high}", high=_number(language, line, high))
    return language.say("{low} tot {high}", low=_number(language, line, low), high=_number(language, line, high))


def _within(language: Language, lines: Sequence[Line]) -> str:
    if not any(line.limits.are_there for line in lines):
        return ""
    return language.say("ja") if all_within(lines) else language.say("nee")


def _setting(language: Language, line: Line) -> str:
    return ", ".join(_SETTINGS[name](language, number) for name, number in line.setting.items())


def _named(language: Language, line: Line) -> str:
    """Name a line in a sentence: what, of what, under which circumstances, and what was measured."""
    setting = _setting(language, line)
    about = f"{language.say(_CLAIMS[line.claim])}, {language.say(_OF[line.of])}" + (f", {setting}" if setting else "")
    return f"{about} ({' '.join(_measured(language, line))})"


def _frame(lines: Sequence[Line]) -> pl.DataFrame:
    rows = [
        {
            "part": line.part.value,
            "claim": line.claim.value,
            "of": line.of,
            **{name: line.setting.get(name) for name in _SETTINGS},
            "measured": line.measured,
            "error": line.error,
            "limit_low": line.limits.low,
            "limit_high": line.limits.high,
            "within": line.is_within,
            "worlds": line.worlds,
        }
        for line in lines
    ]
    return pl.DataFrame(rows, schema_overrides=dict.fromkeys(_SETTINGS, pl.Float64))


@contextmanager
def _told(screen: Screen) -> Iterator[Callable[[Part, float], None]]:
    with screen.progress() as bar:
        tasks = {part: bar.add_task(screen.language.say(_CAPTIONS[part]), total=1.0, start=False) for part in PROOFS}

        def progress(part: Part, done: float) -> None:
            bar.start_task(tasks[part])
            bar.update(tasks[part], completed=done)

        yield progress
