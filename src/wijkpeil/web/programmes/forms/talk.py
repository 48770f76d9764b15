"""The forms of a status talk: what was said and by whom, what somebody did not agree with, and taking names away."""

from typing import Any

from django import forms

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.design.mending import day
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.forms.ambition import ask_for_place
from wijkpeil.web.programmes.forms.attachment import ask_for_file
from wijkpeil.web.programmes.forms.fields import DeskForm, NeedsReason, line, passage
from wijkpeil.web.programmes.models.decision import Participant

_RESIDENT = "bewoner"
_LONGEST = 200


class TalkForm(DeskForm):
    """What was said and who was there."""

    on = day(mark("Op welke dag was het gesprek?"))
    about = line(mark("Waar ging het over?"), required=False)
    participants = passage(
        mark("Wie waren erbij?"),
        help_text=mark(
            "Elke deelnemer op een eigen regel: rol; naam. Begin bij een bewoner met het woord bewoner. "
            "Namen worden nooit openbaar."
        ),
        rows=6,
    )
    minutes = passage(mark("Verslag"), required=False, help_text=mark("Het verslag wordt nooit openbaar."), rows=10)

    def build(self) -> None:
        """Ask in which neighbourhood it was, and for minutes in a file."""
        ask_for_place(self, Kind.TALK)
        ask_for_file(self, mark("Verslag als bestand"))

    def clean_participants(self) -> list[Participant]:
        """Read a person a line."""
        return [_participant(one) for one in self.cleaned_data["participants"].splitlines() if one.strip()]


class DissentForm(DeskForm):
    """What somebody did not agree with."""

    WHY = mark("Opmerking")

    text = passage(mark("Waar ben je het niet mee eens?"))


class EraseForm(NeedsReason):
    """Why names and texts go."""

    WHY_HELP = mark("Wat je wist, is voorgoed weg, ook uit het logboek. Noem hier geen namen van personen.")


def participants_as_typed(talk: Any) -> str:
    """Write who was there, as it is typed."""
    return "\n".join(f"{one.role}; {one.name}" for one in talk.participants.order_by("pk"))


def _participant(typed: str) -> Participant:
    role, _, name = (part.strip() for part in typed.partition(";"))
    if not role or len(role) > _LONGEST or len(name) > _LONGEST:
        raise forms.ValidationError(later(mark("Schrijf op elke regel een rol, een puntkomma en een naam.")))
    return Participant(role=role, name=name, is_resident=role.casefold().startswith(_RESIDENT))
