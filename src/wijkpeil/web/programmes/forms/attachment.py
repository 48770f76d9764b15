"""The fields and forms with which somebody sends a file, takes it away, or erases it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import get_language

from wijkpeil.portrayal.language import language, mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes import attaching
from wijkpeil.web.programmes.attachments.apart import clean_apart
from wijkpeil.web.programmes.attachments.cleaning import TOO_LARGE
from wijkpeil.web.programmes.attachments.sent import Sent
from wijkpeil.web.programmes.attachments.types import ALLOWED, FORMATS, MOST_BYTES, RefusedFileError
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.fields import DeskForm, NeedsReason, line
from wijkpeil.web.programmes.models.attachment import Attachment
from wijkpeil.web.programmes.sections import Act, Do

FILE, SHOWS = "attachment", "attachment_shows"
_MEGABYTES = MOST_BYTES // 1_000_000
_NAMED = mark("Ook de naam van het bestand is te lezen. Opmerkingen en wie het maakte, halen we eruit.")
_DESCRIBE = mark("Wat is er op de foto te zien?")


class CleanedFile(forms.FileField):
    """A file that is cleaned as it comes in; what is not taken says why, and what is."""

    widget = forms.FileInput

    def __init__(self, label: str, *, required: bool) -> None:
        """Ask for a file of the kinds that are allowed."""
        allowed = later(ALLOWED.replace("{most}", str(_MEGABYTES)))
        super().__init__(label=later(label), required=required, help_text=format_lazy("{} {}", allowed, later(_NAMED)))
        self.widget.attrs["accept"] = ",".join(f".{one.ending}" for one in FORMATS.values())

    def to_python(self, data: Any) -> Any:
        """Read the file and clean it."""
        file = super().to_python(data)
        if file is None:
            return None
        try:
            if file.size is not None and file.size > MOST_BYTES:
                raise RefusedFileError(TOO_LARGE, most=_MEGABYTES)
            return Sent.of(file.name or "", clean_apart(file.read(), file.name or ""))
        except RefusedFileError as refused:
            raise forms.ValidationError(_said(refused)) from refused


def ask_for_file(form: DeskForm, label: str, *, required: bool = False, is_photo: bool = False) -> None:
    """Ask for a file in a form, and for a photo also what is to be seen on it."""
    form.fields[FILE] = CleanedFile(label, required=required)
    if is_photo:
        form.fields[SHOWS] = line(
            _DESCRIBE, required=False, help_text=mark("Voor wie de foto niet kan zien. Noem geen namen van personen.")
        )


def and_attach(do: Do) -> Do:
    """Do a verb and attach the file that came with it: both, or neither."""

    def both(thing: Any, said: dict[str, Any], by: Account, seen: int) -> Any:
        with transaction.atomic():
            done = do(thing, said, by, seen)
            sent = _sent(said)
            if sent is not None:
                attaching.attach(thing, sent, by=by)
        return done

    return both


class AttachForm(DeskForm):
    """A file, with what is to be seen on it where that matters."""

    WHY = mark("Opmerking")

    def build(self) -> None:
        """Ask for the file; of a story also what a photo shows."""
        ask_for_file(self, mark("Welk bestand?"), required=True, is_photo=self.thing.KIND == Kind.STORY)


class RemoveForm(NeedsReason):
    """Which file goes, and why."""

    WHY_HELP = mark("Het bestand en de naam ervan zijn daarna voorgoed weg. Noem hier geen namen van personen.")

    def build(self) -> None:
        """Offer the files that are there."""
        field = forms.ModelChoiceField(
            attaching.there(self.thing),
            label=later(mark("Welke bijlage?")),
            to_field_name="key",
            empty_label=later(mark("Kies…")),
        )
        field.label_from_instance = lambda obj: obj.name  # type: ignore[method-assign]
        self.fields[FILE] = field


def attachment_acts() -> tuple[Act, ...]:
    """Give the verbs of files, for every kind of thing with which they can stand."""
    return (
        Act(
            slug="bijlage",
            verb=Verb.ATTACH,
            label=mark("Bijlage toevoegen"),
            form=AttachForm,
            suits=lambda thing, desk: attaching.may_come_and_go(thing),
            do=lambda thing, said, by, seen: attaching.attach(
                thing, _sent(said), by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="bijlage-weghalen",
            verb=Verb.DETACH,
            label=mark("Bijlage weghalen"),
            form=RemoveForm,
            suits=lambda thing, desk: attaching.may_come_and_go(thing) and attaching.there(thing).exists(),
            do=_removed(attaching.detach),
        ),
        Act(
            slug="bijlage-wissen",
            verb=Verb.ERASE,
            label=mark("Bijlage met persoonsgegevens wissen"),
            form=RemoveForm,
            suits=lambda thing, desk: not _may_detach(thing, desk) and attaching.there(thing).exists(),
            do=_removed(attaching.erase),
        ),
    )


def _may_detach(thing: Any, desk: Desk) -> bool:
    return attaching.may_come_and_go(thing) and desk.may(thing.KIND, Verb.DETACH, thing.place)


def _removed(verb: Callable[..., None]) -> Do:
    def do(thing: Any, said: dict[str, Any], by: Account, seen: int) -> None:
        chosen: Attachment = said[FILE]
        verb(thing, chosen, by=by, reason=said["reason"], seen=seen)

    return do


def _sent(said: dict[str, Any]) -> Any:
    sent: Sent | None = said.get(FILE)
    return None if sent is None else Sent.of(sent.name, sent.cleaned, said.get(SHOWS) or "")


def _said(refused: RefusedFileError) -> str:
    """Say what is wrong and what is allowed, in the language of who reads it."""
    say = language(get_language() or "nl").say
    return f"{say(refused.sentence, **refused.parts)} {say(ALLOWED, most=_MEGABYTES)}"
