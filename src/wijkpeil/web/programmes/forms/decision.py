"""The forms of a status decision: its course and sources, the day it was taken, and how parliament heard of it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.design.mending import day
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.forms.ambition import ask_for_place
from wijkpeil.web.programmes.forms.fields import DeskForm, choice, line, passage
from wijkpeil.web.programmes.models.decision import Course, Ground, Talk

_COURSES = [(one, one.label) for one in (Course.WIND_DOWN, Course.CONTINUE, Course.INTENSIFY, Course.RETURN)]
_SOURCES = (mark("Eerste bron"), mark("Tweede bron"), mark("Derde bron"))


class DecisionForm(DeskForm):
    """What is decided, why, on which sources, after which talk."""

    course = choice(mark("Wat besluiten jullie?"), _COURSES)
    why = passage(
        mark("Waarom besluiten jullie dit?"), help_text=mark("Dit wordt openbaar als het besluit is genomen.")
    )
    returns_when = passage(
        mark("Wanneer keert de wijk terug als het weer slechter gaat?"),
        required=False,
        help_text=mark("Nodig bij afbouwen."),
    )
    objections = passage(mark("Bezwaren"), required=False, help_text=mark("Dit wordt niet openbaar."))

    WHY = mark("Opmerking voor het logboek")

    def build(self) -> None:
        """Offer the talks that one may read, and room for three sources."""
        talks = self.desk.visible(Talk).order_by("-on")
        if self.thing is not None:
            talks = talks.filter(area=self.thing.area)
        self.fields["talk"] = forms.ModelChoiceField(
            talks,
            label=later(mark("Na welk gesprek?")),
            required=False,
            to_field_name="key",
            empty_label=later(mark("Zonder gesprek")),
        )
        self.fields["talk"].label_from_instance = self._talk  # type: ignore[attr-defined]
        for place, label in enumerate(_SOURCES):
            self.fields[f"bron_{place}"] = line(label, required=False)
            self.fields[f"bron_{place}_waar"] = line(mark("Waar is die bron te vinden?"), required=False, most=500)
            self.fields[f"bron_{place}_zegt"] = passage(mark("Wat zegt die bron?"), required=False, rows=2)
        ask_for_place(self, Kind.DECISION)

    def _talk(self, talk: Talk) -> str:
        return f"{self.desk.request.tongue.day(talk.on)}, {self.desk.where(talk)}"

    def clean(self) -> dict[str, Any]:
        """Say of a source without its words that these are missing."""
        said = super().clean() or {}
        for place in range(len(_SOURCES)):
            if said.get(f"bron_{place}") and not said.get(f"bron_{place}_zegt"):
                self.add_error(f"bron_{place}_zegt", later(mark("Schrijf op wat deze bron zegt.")))
        return said


class DecideForm(DeskForm):
    """When it was decided."""

    on = day(mark("Op welke dag is dit besloten?"))


class InformForm(DeskForm):
    """When parliament heard of it, and how."""

    on = day(mark("Op welke dag is de Kamer geïnformeerd?"))
    paper = line(mark("Met welk stuk?"), most=200)


def grounds_of(said: Mapping[str, Any]) -> list[Ground]:
    """Give the sources that were named."""
    return [
        Ground(name=said[f"bron_{place}"], where=said[f"bron_{place}_waar"], says=said[f"bron_{place}_zegt"])
        for place in range(len(_SOURCES))
        if said[f"bron_{place}"]
    ]


def grounds_as_typed(decision: Any) -> dict[str, str]:
    """Give the sources as they are typed."""
    typed: dict[str, str] = {}
    for place, one in enumerate(decision.grounds.order_by("pk")[: len(_SOURCES)]):
        typed |= {f"bron_{place}": one.name, f"bron_{place}_waar": one.where, f"bron_{place}_zegt": one.says}
    return typed
