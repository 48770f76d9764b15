"""What a form says of what was filled in wrong: never what is wrong with it alone, always how to mend it."""

from collections.abc import Mapping

from django import forms
from django.utils.text import format_lazy

from wijkpeil.portrayal.language import mark
from wijkpeil.web.design.wording import later

DAYS = ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y")
"""How people write a date; the first is how we write it back."""

_TEXT = {
    "required": mark("Vul dit in."),
    "max_length": mark("Maak dit korter: hoogstens %(limit_value)d tekens. Nu zijn het er %(show_value)d."),
    "min_length": mark("Maak dit langer: minstens %(limit_value)d tekens. Nu zijn het er %(show_value)d."),
    "null_characters_not_allowed": mark("Er staat een teken in dat niemand kan lezen. Typ de tekst opnieuw."),
}
_CHOICE = mark("Kies een van de mogelijkheden.")
_SENT = mark("Dit formulier is niet goed aangekomen. Open het opnieuw.")
_WORDS: Mapping[type[forms.Field], Mapping[str, str]] = {
    forms.Field: {"required": mark("Vul dit in.")},
    forms.CharField: _TEXT,
    forms.EmailField: {"invalid": mark("Schrijf een e-mailadres als naam@voorbeeld.nl.")},
    forms.URLField: {"invalid": mark("Schrijf een webadres als https://www.voorbeeld.nl/rapport.")},
    forms.IntegerField: {
        "required": mark("Vul een getal in."),
        "invalid": mark("Schrijf een heel getal, zoals 3."),
        "min_value": mark("Vul een getal in van minstens %(limit_value)s."),
        "max_value": mark("Vul een getal in van hoogstens %(limit_value)s."),
    },
    forms.DateField: {
        "required": mark("Vul een datum in, zoals 31-12-2027."),
        "invalid": mark("Schrijf een datum als 31-12-2027."),
    },
    forms.BooleanField: {"required": mark("Zet hier een vinkje.")},
    forms.ChoiceField: {"required": _CHOICE, "invalid_choice": _CHOICE},
    forms.MultipleChoiceField: {"required": mark("Kies er minstens één."), "invalid_list": _CHOICE},
    forms.ModelChoiceField: {"required": _CHOICE, "invalid_choice": _CHOICE},
    forms.ModelMultipleChoiceField: {
        "required": mark("Kies er minstens één."),
        "invalid_list": _CHOICE,
        "invalid_pk_value": _CHOICE,
    },
    forms.FileField: {
        "required": mark("Kies een bestand."),
        "invalid": mark("Er kwam geen bestand aan. Kies het opnieuw."),
        "missing": mark("Er kwam geen bestand aan. Kies het opnieuw."),
        "empty": mark("Dit bestand is leeg. Kies een ander."),
        "max_length": mark("De naam van dit bestand is te lang. Geef het een kortere naam, en kies het opnieuw."),
    },
}
"""By kind of field, the general kind before the special one."""


def mend(field: forms.Field) -> None:
    """Give a field our words for every fault that it has none of its own for."""
    if field.widget.is_hidden:
        field.error_messages = {code: later(_SENT) for code in ("required", "invalid", "min_value", "max_value")}
        return
    given = _given(type(field))
    for kind, words in _WORDS.items():
        if not isinstance(field, kind):
            continue
        for code, said in words.items():
            if field.error_messages.get(code) is given.get(code):
                field.error_messages[code] = given[code] = later(said)


def mend_all(form: forms.BaseForm) -> None:
    """Give every field of a form our words."""
    for field in form.fields.values():
        mend(field)


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """Ask for a day, to be typed as people write it; what was typed stays, which a calendar of a browser refuses."""
    hint = later(mark("Bijvoorbeeld 31-12-2027."))
    return forms.DateField(
        label=later(label),
        help_text=format_lazy("{} {}", later(help_text), hint) if help_text else hint,
        required=required,
        input_formats=list(DAYS),
        widget=forms.DateInput(attrs={"autocomplete": "off"}, format=DAYS[0]),
    )


def _given(kind: type[forms.Field]) -> dict[str, object]:
    """Give what Django says where nobody gave a field words of its own."""
    said: dict[str, object] = {}
    for one in reversed(kind.__mro__):
        said |= getattr(one, "default_error_messages", {})
    return said
