"""What an administrator fills in to give a role or to take one back."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.places import Spot
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.design.mending import day, mend_all
from wijkpeil.web.design.wording import later

_REASON = later(mark("Dit komt in het logboek. Schrijf er geen namen in."))


class Giving(forms.Form):
    """A role for an e-mail address."""

    email = forms.EmailField(label=later(mark("E-mailadres")), max_length=254)
    name = forms.CharField(
        label=later(mark("Naam")),
        max_length=200,
        help_text=later(mark("Voor wie nog geen account heeft. Een naam staat nooit op een openbare pagina.")),
    )
    role = forms.ChoiceField(label=later(mark("Rol")))
    where = forms.ChoiceField(label=later(mark("Waar")))
    party = forms.ChoiceField(
        label=later(mark("Partij")), required=False, help_text=later(mark("Alleen bij de rol partner."))
    )
    until = day(mark("Tot en met"), required=False, help_text=mark("Leeg is: tot iemand de rol intrekt."))
    reason = forms.CharField(
        label=later(mark("Waarom")), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_REASON
    )

    def __init__(self, *arguments: Any, spots: list[Spot], parties: list[tuple[int, str]], **parts: Any) -> None:
        """Offer the places that may be given, and the parties there are."""
        super().__init__(*arguments, **parts)
        self.spots = {one.value: one for one in spots}
        self.fields["role"].choices = [(one.value, later(one.label)) for one in Role]  # type: ignore[attr-defined]
        self.fields["where"].choices = [(one.value, one.name) for one in spots]  # type: ignore[attr-defined]
        self.fields["party"].choices = [("", "–"), *((str(pk), name) for pk, name in parties)]  # type: ignore[attr-defined]
        mend_all(self)

    def clean_until(self) -> datetime | None:
        """Let a role end at the end of its last day, which is not over yet."""
        last = self.cleaned_data["until"]
        if last is None:
            return None
        end = timezone.make_aware(datetime.combine(last, time.max))
        if end <= timezone.now():
            raise forms.ValidationError(later(mark("Deze dag is al voorbij. Kies vandaag of later.")))
        return end


class TakingBack(forms.Form):
    """Why a role is taken back, and the version that was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=later(mark("Waarom")), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_REASON
    )

    def __init__(self, *arguments: Any, **parts: Any) -> None:
        """Say in our words what to mend."""
        super().__init__(*arguments, **parts)
        mend_all(self)
