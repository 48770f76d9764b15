"""A funnel in words: how many areas differ by more than chance, which they are, and where this one lies."""

from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.reason import Reason
from wijkpeil.portrayal import quantity, reasons
from wijkpeil.portrayal.findings import Crowd, Member, Zone
from wijkpeil.portrayal.language import mark
from wijkpeil.portrayal.table import Table
from wijkpeil.portrayal.words import Speaker

_LISTED = 15
"""So many exceptions stand in the table of a page; a file has all areas."""


def sentences(
    speaker: Speaker, indicator: Indicator, crowd: Crowd, *, around: str, here: str | None = None
) -> list[str]:
    """Say how many areas differ by more than chance, how sure that is, and where this one lies."""
    say, whole = speaker.language.say, speaker.language.whole
    if not crowd.placed:
        why = [reasons.no_answer(speaker.language, one) for one in _reasons(crowd)]
        return [say("Er is geen trechter. {reason}", reason=reason) for reason in why]
    count, marked = whole(len(crowd.placed)), crowd.marked
    if marked:
        up = sum(is_up(indicator, one, crowd.whole) for one in marked)
        above, below = sides(speaker, indicator)
        counted = speaker.language.say_count(
            "Van {around} ({all}) wijkt er {count} duidelijk af van {city}: {up} {above}, {down} {below}.",
            "Van {around} ({all}) wijken er {count} duidelijk af van {city}: {up} {above}, {down} {below}.",
            len(marked),
            around=around,
            all=count,
            city=crowd.city,
            up=whole(up),
            above=above,
            down=whole(len(marked) - up),
            below=below,
        )
        said = [counted, say("Van zulke uitzonderingen is hoogstens ongeveer 1 op de 20 toch toeval.")]
    else:
        said = [
            say(
                "Van {around} ({all}) wijkt er geen een duidelijk af van {city}.",
                around=around,
                all=count,
                city=crowd.city,
            )
        ]
    if crowd.is_dispersed:
        said.append(say("Gebieden verschillen hier altijd al meer dan door toeval. De grenzen zijn daarom wijder."))
    own = crowd.member(here) if here else None
    return [*said, *([own_sentence(speaker, own, crowd)] if own else [])]


def own_sentence(speaker: Speaker, one: Member, crowd: Crowd) -> str:
    """Say where one area lies in the funnel."""
    if one.reason is not None:
        reason = reasons.no_answer(speaker.language, one.reason)
        return speaker.language.say("{name} staat er niet in. {reason}", name=one.name, reason=reason)
    if one.is_marked:
        pattern = mark("{name} is een uitzondering: zo ver van {city} komt een gebied van die grootte zelden vanzelf.")
    elif one.zone is Zone.WITHIN:
        pattern = mark("{name} ligt binnen de grenzen: zo'n verschil met {city} is niet bijzonder.")
    else:
        pattern = mark("{name} ligt buiten een grens, maar bij zoveel gebieden is dat niet bijzonder.")
    return speaker.language.say(pattern, name=one.name, city=crowd.city)


def table(speaker: Speaker, indicator: Indicator, crowd: Crowd, *, caption: str, here: str | None = None) -> Table:
    """List the exceptions, the surest first, and the area itself; areas within the limits have no order."""
    say, whole = speaker.language.say, speaker.language.whole
    own = crowd.member(here) if here else None
    shown = list(dict.fromkeys([*([own] if own else []), *crowd.marked[:_LISTED]]))
    rows = tuple(
        (
            (one.name,),
            (value_words(speaker, indicator, one),),
            (_size(speaker, indicator, crowd, one.size),),
            (_verdict(speaker, indicator, one, crowd),),
        )
        for one in shown
    )
    notes = []
    if len(crowd.marked) > _LISTED:
        notes.append(say("En nog {count}: ze staan allemaal in de data.", count=whole(len(crowd.marked) - _LISTED)))
    absent = len(crowd.members) - len(crowd.placed)
    if absent:
        reason = " ".join(reasons.no_answer(speaker.language, one) for one in _reasons(crowd))
        notes.append(say("Niet in de trechter: {count}. {reason}", count=whole(absent), reason=reason))
    headers = (say("Gebied"), say("Hier"), _size_header(speaker, indicator, crowd), say("In de trechter"))
    return Table(caption=caption, headers=headers, rows=rows, notes=tuple(notes))


def _reasons(crowd: Crowd) -> list[Reason]:
    return list(dict.fromkeys(one.reason for one in crowd.members if one.reason is not None))


def value_words(speaker: Speaker, indicator: Indicator, one: Member) -> str:
    """Write the figure of one area."""
    if one.value is None:
        return speaker.language.say("geen cijfer")
    return quantity.in_words(speaker.language, indicator, one.value)


def _verdict(speaker: Speaker, indicator: Indicator, one: Member, crowd: Crowd) -> str:
    say = speaker.language.say
    if one.reason is not None:
        return say("niet erin")
    if not one.is_marked:
        return say("niet bijzonder")
    above, below = sides(speaker, indicator)
    up = is_up(indicator, one, crowd.whole)
    return say("{glyph} {side}, wijkt af", glyph="▲" if up else "▼", side=above if up else below)


def _size(speaker: Speaker, indicator: Indicator, crowd: Crowd, size: float | None) -> str:
    if size is None:
        return ""
    return speaker.language.whole(size) if crowd.by_base else quantity.short_size(speaker.language, indicator, size)


def _size_header(speaker: Speaker, indicator: Indicator, crowd: Crowd) -> str:
    if not crowd.by_base:
        return speaker.language.say("Standaardfout")
    label = _base_label(speaker, indicator)
    return f"{label[:1].upper()}{label[1:]}"


def size_words(speaker: Speaker, indicator: Indicator, crowd: Crowd, size: float, otherwise: str) -> str:
    """Write a size at one end of the funnel."""
    if not crowd.by_base:
        return speaker.language.say(otherwise)
    return f"{speaker.language.whole(size)} {_base_label(speaker, indicator)}"


def _base_label(speaker: Speaker, indicator: Indicator) -> str:
    base = speaker.policy.base.get(indicator.base)
    return speaker.language.label(base) if base else speaker.language.say("inwoners")


def sides(speaker: Speaker, indicator: Indicator) -> tuple[str, str]:
    """Name the side of a funnel that is drawn above, and the one below."""
    say = speaker.language.say
    return (say("gunstig"), say("ongunstig")) if indicator.is_judged else (say("hoog"), say("laag"))


def is_up(indicator: Indicator, one: Member, whole: float | None) -> bool:
    """Whether an area differs to the side that is drawn above."""
    return ((one.value or 0.0) - (whole or 0.0)) * indicator.direction.sign > 0
