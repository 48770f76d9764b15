"""The parts of a question to the interface, with what is allowed in each."""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, ModelWrapValidatorHandler, ValidationError, ValidationInfo, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

MOST = 1000
"""So many rows stand on one page at most; CSV and Parquet give everything at once."""

LevelWord = Literal["land", "groep", "gemeente", "programmagebied", "wijk", "buurt", "pc4"]
Short = Annotated[str, Field(max_length=200)]


class Paged(Schema):
    """Wat elke vraag kan hebben: een deel van een lijst."""

    pagina: int = Field(1, ge=1, le=1_000_000, description="Welke pagina van de lijst.")
    paginaGrootte: int = Field(100, ge=1, le=MOST, description="Hoeveel regels op een pagina.")

    @model_validator(mode="wrap")
    @classmethod
    def all_faults_together(cls, asked: Any, handler: ModelWrapValidatorHandler["Paged"], info: ValidationInfo) -> Any:
        """Name what does not exist, and what was given twice, together with every other fault.

        A slip of the pen must not silently give other figures.
        """
        request = (info.context or {}).get("request")
        faults = _slips(dict(request.GET.lists()), set(cls.model_fields)) if request is not None else []
        try:
            question = handler(asked)
        except ValidationError as found:
            for one in found.errors():
                told = InitErrorDetails(type=one["type"], loc=one["loc"], input=one["input"])
                faults.append({**told, "ctx": one["ctx"]} if "ctx" in one else told)
        if faults:
            raise ValidationError.from_exception_data(cls.__name__, faults)
        return question


class Asked(Paged):
    """Wat elke vraag over cijfers kan hebben: de editie (anders de nieuwste) en een deel van een lijst."""

    editie: Short | None = Field(None, description="Naam van de editie; zonder is het de nieuwste.")


def _slips(asked: dict[str, list[str]], known: set[str]) -> list[InitErrorDetails]:
    faults = []
    for name, values in asked.items():
        if name not in known:
            sentence = f"Dit onderdeel bestaat hier niet. Wel: {', '.join(sorted(known))}."
        elif len(values) > 1:
            sentence = "Dit onderdeel mag maar één keer."
        else:
            continue
        kind = PydanticCustomError("slip", "{sentence}", {"sentence": sentence})
        faults.append(InitErrorDetails(type=kind, loc=(name[:100],), input=values[0][:100]))
    return faults


class AskedOfAreas(Asked):
    """Welke gebieden."""

    niveau: LevelWord | None = Field(None, description="Alleen gebieden van dit niveau.")
    gemeente: Short | None = Field(None, description="Alleen gebieden in deze gemeente (code).")
    zoek: Short | None = Field(None, description="Naam, code of postcode.")


class AskedOfFigures(Asked):
    """Welke cijfers van een gebied."""

    indicator: Short | None = Field(None, description="Alleen deze indicator (id).")
    thema: Short | None = Field(None, description="Alleen dit thema (id).")
    periode: int | None = Field(None, ge=1900, le=2100, description="Alleen deze periode (jaar).")


class AskedOfIndicator(Asked):
    """Welke cijfers van een indicator."""

    niveau: LevelWord | None = Field(None, description="Alleen gebieden van dit niveau.")
    gemeente: Short | None = Field(None, description="Alleen gebieden in deze gemeente (code).")
    periode: int | None = Field(None, ge=1900, le=2100, description="Alleen deze periode (jaar).")


class AskedOfGaps(AskedOfFigures):
    """Welke verschillen van een gebied."""

    vergelijking: Short | None = Field(None, description="Alleen naast deze vergelijking.")


class AskedOfVerdicts(Asked):
    """Welke oordelen."""

    programma: Short | None = Field(None, description="Oordelen binnen dit programma; anders dat van de editie.")
    indicator: Short | None = Field(None, description="Alleen deze indicator (id).")
    vergelijking: Short | None = Field(None, description="Alleen naast deze vergelijking.")
