"""The forms of a document over a programme."""

from django import forms

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.forms.ambition import ask_for_place
from wijkpeil.web.programmes.forms.fields import PUBLIC, DeskForm, choice, line, passage
from wijkpeil.web.programmes.models.document import Document, DocumentSort, DocumentState

LONGEST_REPORT = 400_000
"""Signs in the text of a report: some letters to parliament, and less than what is read as one file."""


class DocumentForm(DeskForm):
    """What it is called, of a progress report its text, and of an erratum what was wrong."""

    sort = choice(mark("Wat maak je?"), DocumentSort.choices)
    title = line(mark("Titel"), most=200)
    text = passage(
        mark("Tekst"),
        required=False,
        help_text=mark(
            "Alleen bij een voortgangsrapportage. Schrijf Markdown, begin met # Samenvatting, en zet op de plek van "
            "elk cijfer een verwijzing, zoals {{{{ cijfer GEBIED CIJFER }}}}. Na het bewaren zie je wat elke "
            "verwijzing wordt."
        ),
        rows=20,
        most=LONGEST_REPORT,
    )
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

    def clean_text(self) -> str:
        """Write the ends of lines as files do, whatever the browser sent."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")


class SendForm(DeskForm):
    """With which paper parliament gets it."""

    paper = line(
        mark("Met welk Kamerstuk?"), required=False, help_text=mark("Leeg als de Kamer het niet krijgt."), most=200
    )
