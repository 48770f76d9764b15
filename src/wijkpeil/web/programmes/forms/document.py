"""The forms of a document over a programme."""

from django import forms

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.forms.ambition import ask_for_place
from wijkpeil.web.programmes.forms.fields import PUBLIC, DeskForm, choice, line, passage
from wijkpeil.web.programmes.models.document import Document, DocumentSort, DocumentState


class DocumentForm(DeskForm):
    """What it is called, and of an erratum what was wrong."""

    sort = choice(mark("Wat maak je?"), DocumentSort.choices)
    title = line(mark("Titel"), most=200)
    corrects = forms.ModelChoiceField(
        label=later(mark("Welk rapport verbeter je?")),
        help_text=later(mark("Alleen bij een erratum.")),
        queryset=Document.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=later(mark("Kies…")),
    )
    wrong = passage(mark("Wat klopt er niet?"), required=False, help_text=mark("Alleen bij een erratum."))
    wrong_where = passage(mark("Waar staat het?"), required=False, help_text=mark("Bladzijde, tabel of zin."), rows=2)
    right = passage(mark("Wat moet het zijn?"), required=False, help_text=PUBLIC)

    def build(self) -> None:
        """Offer the documents that were sent."""
        field = self.fields["corrects"]
        field.queryset = self.desk.visible(Document).filter(state=DocumentState.SENT).order_by("-sent_on", "pk")  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.title  # type: ignore[attr-defined]
        ask_for_place(self, Kind.DOCUMENT)


class SendForm(DeskForm):
    """With which paper parliament gets it."""

    paper = line(
        mark("Met welk Kamerstuk?"), required=False, help_text=mark("Leeg als de Kamer het niet krijgt."), most=200
    )
