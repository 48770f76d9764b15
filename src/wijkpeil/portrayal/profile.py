"""The profile of one area: one page that stands on its own, without network and without script."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from wijkpeil.domain.area import Level
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.indicator import Nature
from wijkpeil.domain.policy import Theme
from wijkpeil.domain.source import Source
from wijkpeil.portrayal import (
    crowd,
    funnel,
    gapline,
    levelline,
    quantity,
    reasons,
    scores,
    spine,
    steady,
    subject,
)
from wijkpeil.portrayal.badges import Badge, badges, signs
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.likeness import match_sentences, short_match
from wijkpeil.portrayal.reading import Reading
from wijkpeil.portrayal.subject import Subject
from wijkpeil.portrayal.table import Table, position_table, series_table, source_ids
from wijkpeil.portrayal.words import Speaker


@dataclass(frozen=True, kw_only=True)
class Around:
    """One indicator in all areas of the city: the funnel, its sentences and its exceptions."""

    drawn: funnel.Drawn
    sentences: tuple[str, ...]
    table: Table


@dataclass(frozen=True, kw_only=True)
class ThemeScore:
    """One theme score: its name, the score, why it is there, its sentences, and the parts into which it opens."""

    id: str
    label: str
    headline: str
    period: int
    why: str
    sentences: tuple[str, ...]
    table: Table


@dataclass(frozen=True, kw_only=True)
class Row:
    """One indicator in the spine strip of its theme."""

    id: str
    label: str
    value: str
    period: str
    margin: str
    sentences: tuple[str, ...]
    strip: spine.Strip
    about: tuple[tuple[str, str], ...]
    badges: tuple[Badge, ...]
    steadier: tuple[str, ...]
    crowd: Around | None


@dataclass(frozen=True, kw_only=True)
class Course:
    """One indicator through time: a gap line per comparator, its sentences and its table."""

    id: str
    label: str
    lines: tuple[gapline.Line, ...]
    notes: tuple[str, ...]
    sentences: tuple[str, ...]
    table: Table
    badges: Mapping[str, Badge]
    level: Markup | None
    level_sentences: tuple[str, ...]
    level_sides: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One theme of the page; ``remarks`` say what it lacks."""

    id: str
    label: str
    note: str
    rows: tuple[Row, ...]
    table: Table
    courses: tuple[Course, ...]
    remarks: tuple[str, ...]
    scores: tuple[ThemeScore, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Absence:
    """A reason, and the indicators that are absent for it."""

    reason: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A source that the page used, with the years that it used."""

    source: Source
    years: str
    count: str


def page(about: Subject, language: Language) -> str:
    """Write the whole page about one area in one language.

    The page holds its style and its pictures; nothing in it reaches out, and every text is escaped by the template.
    """
    speaker = Speaker(language=language, policy=about.policy)
    return (
        _environment()
        .get_template("profile.html.j2")
        .render(
            say=language.say,
            language=language,
            area=about.area,
            policy=about.policy,
            facts=subject.facts(language, about),
            warnings=subject.warnings(language, about.edition, about.policy),
            edition=subject.edition_words(language, about.edition),
            code_version=about.edition.code_version,
            sections=[section(speaker, about, theme) for theme in about.policy.theme.values()],
            absences=absences(speaker, about),
            look_alikes=about.look_alikes,
            match=match_sentences(language, about.match, about.policy),
            origins=origins(language, about),
            around=around_words(language, about),
            has_peers=any(len(one.peers) > 1 for one in about.readings),
            first_two=named(speaker, about),
            signs=signs(language),
            has_modelled=any(one.indicator.nature is Nature.MODELLED and one.present for one in about.readings),
        )
    )


def around_words(language: Language, about: Subject) -> str:
    """Name the neighbourhoods among which the area is drawn: de wijken van Leeuwarden."""
    alone = about.area.level in {Level.COUNTRY, Level.GROUP, Level.GEMEENTE} or not about.area.gemeente_name
    return subject.areas_of(language, about.peers_level, about.policy.name if alone else about.area.gemeente_name or "")


def section(speaker: Speaker, about: Subject, theme: Theme) -> Section:
    """Gather one theme: its strip, its table, its courses through time, and what it lacks."""
    say, readings = speaker.language.say, about.of_theme(theme.id)
    shown = tuple(reading for reading in readings if subject.has_number(reading))
    courses = tuple(_courses(speaker, about, shown))
    remarks = []
    if not shown:
        remarks.append(say("Over dit thema zijn er voor dit gebied nog geen cijfers."))
    elif not any(reading.has_series for reading in shown):
        remarks.append(say("Over dit thema zijn er nog geen cijfers over tijd."))
    remarks += speaker.verdict_counts(shown)
    return Section(
        id=f"thema-{theme.id}",
        label=speaker.language.label(theme),
        note=theme.note,
        rows=tuple(rows_of(speaker, about, shown)),
        table=position_table(
            speaker, shown, caption=say("{theme}: alle cijfers van nu", theme=speaker.language.label(theme))
        ),
        courses=courses,
        remarks=tuple(remarks),
        scores=tuple(_score(speaker, about, one) for one in about.scores if one.composite.theme == theme.id),
    )


def absences(speaker: Speaker, about: Subject) -> list[Absence]:
    """Gather the indicators without a value by the reason that there is none."""
    found: dict[str, list[str]] = {}
    for reading in about.readings:
        if not subject.has_number(reading):
            latest = reading.latest
            why = (
                reasons.sentence(speaker.language, latest.status)
                if latest
                else speaker.language.say("We hebben voor dit gebied geen bron met dit cijfer.")
            )
            found.setdefault(why, []).append(speaker.language.label(reading.indicator))
    return [Absence(reason=reason, labels=tuple(labels)) for reason, labels in found.items()]


def origins(language: Language, about: Subject) -> list[Origin]:
    """Gather the sources of the figures that the page shows, with their years."""
    years: dict[str, set[int]] = {}
    used: dict[str, set[str]] = {}
    for reading in about.readings:
        for figure in reading.present:
            for source in source_ids(figure):
                years.setdefault(source, set()).add(figure.period)
                used.setdefault(source, set()).add(reading.indicator.id)
    return [
        Origin(
            source=source,
            years=language.series(str(year) for year in sorted(years[source.id])),
            count=language.say_count("{count} indicator", "{count} indicatoren", len(used[source.id])),
        )
        for source in about.policy.sources
        if source.id in years
    ]


def named(speaker: Speaker, about: Subject) -> tuple[str, str]:
    """Name both comparators of the page, with what a reader must know of them."""
    one, other = about.first_two
    names = {
        Comparator.REST_OF_CITY.value: speaker.language.say("de rest van de stad (de stad zonder dit gebied)"),
        Comparator.LOOK_ALIKES.value: speaker.language.say(
            "gelijkende wijken buiten het programma ({likeness})", likeness=short_match(speaker.language, about.match)
        ),
    }
    return names.get(one, speaker.comparator(one)), names.get(other, speaker.comparator(other))


def rows_of(speaker: Speaker, about: Subject, readings: tuple[Reading, ...]) -> Iterator[Row]:
    """Draw a row of the spine strip for every reading with a number."""
    around = around_words(speaker.language, about)
    for reading in readings:
        drawn = spine.strip(speaker, reading, identity=f"spine-{reading.indicator.id}", around=around)
        figure = reading.latest
        if drawn is None or figure is None:
            continue
        beside = [figure.beside[name] for name in reading.first_two if name in figure.beside]
        yield Row(
            id=reading.indicator.id,
            label=speaker.language.label(reading.indicator),
            value=speaker.value(reading.indicator, figure),
            period=quantity.period_words(speaker.language, reading.indicator, figure.period),
            margin=speaker.margin(reading.indicator, figure),
            sentences=tuple(
                dict.fromkeys(speaker.gap_sentence(reading.indicator, about.area.name, figure, one) for one in beside)
            ),
            strip=drawn,
            about=_about(speaker.language, reading),
            badges=badges(speaker, reading),
            steadier=_steadier(speaker, about, reading),
            crowd=_crowd(speaker, about, reading),
        )


def _steadier(speaker: Speaker, about: Subject, reading: Reading) -> tuple[str, ...]:
    """Say what a small area most likely is; of a large one the figure itself says it."""
    if not steady.is_small(reading.findings.smoothed):
        return ()
    return tuple(steady.smoothed_sentences(speaker, reading, city=about.area.gemeente_name or ""))


def _crowd(speaker: Speaker, about: Subject, reading: Reading) -> Around | None:
    found, indicator = reading.findings.crowd, reading.indicator
    if found is None:
        return None
    around, here = around_words(speaker.language, about), about.area.code
    drawn = funnel.funnel(speaker, indicator, found, identity=f"funnel-{indicator.id}", around=around, here=here)
    if drawn is None:
        return None
    caption = speaker.language.say("{label}: uitzonderingen", label=speaker.language.label(indicator))
    return Around(
        drawn=drawn,
        sentences=tuple(crowd.sentences(speaker, indicator, found, around=around, here=here)),
        table=crowd.table(speaker, indicator, found, caption=caption, here=here),
    )


def _score(speaker: Speaker, about: Subject, one: scores.Score) -> ThemeScore:
    language = speaker.language
    return ThemeScore(
        id=one.composite.id,
        label=language.label(one.composite),
        headline=scores.headline(language, one),
        period=one.period,
        why=one.composite.why,
        sentences=tuple(scores.sentences(language, one, name=about.area.name, around=around_words(language, about))),
        table=scores.part_table(speaker, one),
    )


def _about(language: Language, reading: Reading) -> tuple[tuple[str, str], ...]:
    indicator = reading.indicator
    listed = (
        (language.say("De vraag"), indicator.question),
        (language.say("Wat we tellen"), indicator.definition),
        (language.say("Wat het niet zegt"), indicator.not_for),
    )
    return tuple((name, text) for name, text in listed if text)


def _courses(speaker: Speaker, about: Subject, readings: tuple[Reading, ...]) -> Iterator[Course]:
    start = _start(about)
    for reading in readings:
        drawn = [
            gapline.line(speaker, reading, comparator, identity=f"gap-{reading.indicator.id}-{comparator}", start=start)
            for comparator in reading.first_two
        ]
        lines = tuple(one for one in drawn if one is not None)
        if not lines:
            continue
        shifts = [reading.shifts[comparator] for comparator in reading.first_two if comparator in reading.shifts]
        said = [speaker.shift_sentence(reading.indicator, shift, reading.latest) for shift in shifts]
        said += speaker.verdict_sentences(reading)
        yield Course(
            id=reading.indicator.id,
            label=speaker.language.label(reading.indicator),
            lines=lines,
            notes=tuple(dict.fromkeys(note for one in lines for note in one.notes)),
            sentences=tuple(dict.fromkeys(said)),
            table=series_table(speaker, reading),
            badges={one.comparator: one for one in badges(speaker, reading, merged=False)},
            level=levelline.level(speaker, reading, identity=f"level-{reading.indicator.id}"),
            level_sentences=tuple(steady.trend_sentences(speaker, reading)),
            level_sides=crowd.sides(speaker, reading.indicator),
        )


def _start(about: Subject) -> int | None:
    years = [
        (neighbourhood.start if neighbourhood else programme.start).year
        for programme, neighbourhood in about.memberships
    ]
    return min(years, default=None)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("wijkpeil.portrayal"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lines"] = lambda cell: Markup("<br>").join(line for line in cell if line)
    return environment
