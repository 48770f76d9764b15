"""What the forms of the desk are made of: amounts as people write them, days, and the version that somebody saw."""

import re
from typing import Any

from django import forms

from wijkpeil.portrayal.language import mark
from wijkpeil.web.design.mending import mend_all
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.desk import Desk

_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?")
_PLAIN = re.compile(r"\d+(,\d{1,2})?")
PUBLIC = mark("Schrijf geen namen van mensen: iedereen kan dit lezen.")
"""Stands at every text that is public as soon as it is sent."""
LONGEST = 20_000
"""Signs in a text of some lines: ten pages, and what is longer is a file that stands with it."""
_UNSEEN = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e]")
_MOST = 10**13
"""In cents: more than any programme has."""


class Euros(forms.CharField):
    """An amount as people write it (12.500 or 12.500,00), kept as whole cents; nothing is unknown, and never 0."""

    def clean(self, value: Any) -> int | None:
        """Read the amount."""
        text = str(super().clean(value)).replace("€", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
        if not text:
            return None
        if not (_GROUPED.fullmatch(text) or _PLAIN.fullmatch(text)):
            raise forms.ValidationError(later(mark("Schrijf een bedrag als 12.500 of 12.500,50.")))
        whole, _, part = text.replace(".", "").partition(",")
        cents = int(whole) * 100 + int(part.ljust(2, "0") or 0)
        if cents > _MOST:
            raise forms.ValidationError(later(mark("Dit bedrag is te groot. Kijk het na.")))
        return cents


class Numbers(forms.CharField):
    """A number as people write it, with a comma or a point."""

    def clean(self, value: Any) -> float | None:
        """Read the number."""
        text = str(super().clean(value)).replace(" ", "").replace(",", ".")
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text):
            raise forms.ValidationError(later(mark("Schrijf een getal als 12 of 12,5.")))
        return float(text)


def in_euros(cents: int | None) -> str:
    """Write an amount as it is typed."""
    return "" if cents is None else f"{cents // 100}" + (f",{cents % 100:02d}" if cents % 100 else "")


def in_words(value: float | None) -> str:
    """Write a number as it is typed."""
    return "" if value is None else f"{value:g}".replace(".", ",")


def require_readable(text: str) -> None:
    """Refuse signs that nobody sees and that turn around what stands beside them, or that are no text at all."""
    if _UNSEEN.search(text):
        raise forms.ValidationError(
            later(
                mark(
                    "Er staat een onzichtbaar teken in dat de tekst omdraait of onleesbaar maakt. Typ de tekst opnieuw."
                )
            )
        )


def passage(
    label: str, *, required: bool = True, help_text: str = "", rows: int = 4, most: int = LONGEST
) -> forms.CharField:
    """Ask for a text of some lines."""
    return forms.CharField(
        label=later(label),
        help_text=later(help_text) if help_text else "",
        required=required,
        max_length=most,
        validators=[require_readable],
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line(label: str, *, required: bool = True, help_text: str = "", most: int = 300) -> forms.CharField:
    """Ask for one line."""
    return forms.CharField(
        label=later(label),
        help_text=later(help_text) if help_text else "",
        required=required,
        max_length=most,
        validators=[require_readable],
    )


def choice(label: str, choices: Any, *, required: bool = True, help_text: str = "") -> forms.ChoiceField:
    """Ask to choose one."""
    listed = [(value, later(name)) for value, name in choices]
    return forms.ChoiceField(
        label=later(label),
        help_text=later(help_text) if help_text else "",
        required=required,
        choices=[("", later(mark("Kies…"))), *listed],
    )


class DeskForm(forms.Form):
    """A form for a verb; ``seen`` is the version of the thing that was on the page, ``reason`` goes to the logbook."""

    WHY = mark("Waarom?")
    WHY_HELP = mark("Dit staat in het logboek. Noem geen namen van personen.")
    NEEDS_WHY = False

    def __init__(self, *arguments: Any, desk: Desk, thing: Any = None, **named: Any) -> None:
        """Open for somebody at a desk, for a thing or (without one) for a new thing."""
        super().__init__(*arguments, **{"auto_id": "veld-%s", **named})
        self.desk, self.thing = desk, thing
        self.build()
        self.fields["reason"] = passage(self.WHY, required=self.NEEDS_WHY, help_text=self.WHY_HELP, rows=2)
        if thing is not None:
            self.fields["seen"] = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
        mend_all(self)

    def build(self) -> None:
        """Add the fields that depend on the desk or the thing."""


class JustDo(DeskForm):
    """A verb without anything to fill in but a reason."""


class NeedsReason(DeskForm):
    """A verb that everybody must be able to understand."""

    NEEDS_WHY = True
    WHY_HELP = PUBLIC
