"""Complaints on the screen: grouped by what is wrong, a few of each, so that forty faults are still read."""

from collections.abc import Sequence

from wijkpeil.cli.screen import Screen
from wijkpeil.domain.complaint import Complaint, Severity

_EACH = 3
_GROUPS = 12


def show_complaints(screen: Screen, complaints: Sequence[Complaint], *, all_of_them: bool = False) -> None:
    """Write complaints by file and sentence; ``all_of_them`` leaves nothing out."""
    say = screen.language.say
    groups: dict[tuple[str, str], list[Complaint]] = {}
    for complaint in sorted(complaints, key=lambda one: one.severity is not Severity.ERROR):
        groups.setdefault((complaint.file, complaint.sentence), []).append(complaint)
    shown = list(groups.items()) if all_of_them else list(groups.items())[:_GROUPS]
    for (file, sentence), group in shown:
        mark = say("FOUT") if group[0].severity is Severity.ERROR else say("let op")
        screen.say(f"{mark}  {file}: {sentence}")
        each = group if all_of_them else group[:_EACH]
        for complaint in each:
            place = _place(screen, complaint)
            if place:
                screen.say(f"        {place}", "dim")
        if len(group) > len(each):
            screen.say(say("        en nog {count} keer", count=screen.language.whole(len(group) - len(each))), "dim")
    if len(groups) > len(shown):
        more = screen.language.whole(len(groups) - len(shown))
        screen.say(say("En nog {count} andere soorten klachten.", count=more), "dim")


def _place(screen: Screen, complaint: Complaint) -> str:
    if not complaint.found:
        return complaint.place
    found = screen.language.say("hier staat: {found}", found=complaint.found)
    return f"{complaint.place} ({found})" if complaint.place else found
