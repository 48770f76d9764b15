"""The form with which somebody sends a workbook in."""

from typing import Any

from django import forms

from wijkpeil.portrayal.language import mark
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.importing.workbook import MOST_BYTES


class UploadForm(forms.Form):
    """A workbook; what is in it is looked at when it is opened, not here."""

    file = forms.FileField(
        label=later(mark("Excelbestand")),
        help_text=later(mark("Een ingevuld sjabloon (.xlsx) van hoogstens 5 MB en 1.000 regels, zonder macro's.")),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        max_length=200,
        error_messages={"empty": later(mark("Dit bestand is leeg.")), "required": later(mark("Kies een bestand."))},
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Name the fields as everywhere at the desk."""
        super().__init__(*arguments, **{"auto_id": "veld-%s", **named})

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(later(mark("Dit bestand is te groot. Een bestand is hoogstens 5 MB.")))
        return sent
