"""A country in which every figure has something wrong with it, as files that go through the front door of a build."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from wijkpeil.catalogue.starter import lay_down
from wijkpeil.publication import Edition, Shelf
from wijkpeil.publication.build import build

HAVEN, EENLING, ANDERS = "ons_programma.havenkwartier", "ons_programma.eenling", "ons_programma.anders"
"""A neighbourhood as any other; one that is its whole city; and one that no other area is like."""

YEARS = (2019, 2020, 2021, 2023)
OUTSIDE = "WK900103"
"""An area outside the programme."""

WIJKEN: Mapping[str, int] = {
    **{f"WK90010{place}": 3000 + 100 * place for place in range(1, 6)},
    "WK900201": 3300,
    **{f"WK90030{place}": 3000 + 90 * place for place in range(1, 8)},
    "WK900401": 90_000,
    "WK900402": 3200,
}

SHARES = ("gewoon", "basis_nul", "een_jaar", "constant", "niemand", "niemand_naar_verhouding", "iedereen", "breuk")
HIDDEN = ("verborgen", "bij_de_bron_geheim")
WITHOUT_BASE = ("zonder_grondslag", "score")
INDICATORS = (*SHARES, *HIDDEN, *WITHOUT_BASE)

_INDICATOR = """\
label = "{label}"
label_en = "{label}"
unit = "{unit}"
direction = "higher_is_better"

[measure]
kind = "{kind}"
nature = "surveyed"
base = "inwoners"
moment = "first_of_january"
decimals = 1

[judgement]
materiality = {materiality}
gap_scale = "{scale}"

[source]
id = "eigen_tabel"
{form}{base}columns = {{ {columns} }}

[meaning]
definition = "Verzonnen."
question = "Hoe staat het ervoor?"
not_for = "Verzonnen."
{rest}
[review]
author = "onderzoek@voorbeeldstad.example"
checked_by = "methoden@voorbeeldstad.example"
review_due = 2030-01-01
"""

_PROGRAMME = """\
label = "Ons programma"
label_en = "Our programme"
start = 2021-01-01
baseline = 2020-01-01
baseline_window = 1
vintage = 2024
note = ""
"""

_NEIGHBOURHOOD = """
[[neighbourhood]]
id = "{id}"
name = "{name}"
gemeente = "{gemeente}"
parts = ["{part}"]
certainty = "official"
"""


def write(folder: Path, *, backwards: bool = False) -> None:
    """Write the policy (``beleid``) and the one table (``data``), whose rows may stand in the other order."""
    lay_down(folder / "beleid")
    for old in sorted((folder / "beleid" / "indicatoren" / "samen_leven").glob("*.toml")):
        old.unlink()
    for name in INDICATORS:
        path = folder / "beleid" / "indicatoren" / "samen_leven" / f"{name}.toml"
        path.write_text(_indicator(name), encoding="utf-8")
    chosen = (("havenkwartier", "WK900101"), ("eenling", "WK900201"), ("anders", "WK900401"))
    programme = _PROGRAMME + "".join(
        _NEIGHBOURHOOD.format(id=id_, name=id_.title(), gemeente=f"GM{part[2:6]}", part=part) for id_, part in chosen
    )
    (folder / "beleid" / "programmas" / "ons_programma.toml").write_text(programme, encoding="utf-8")
    _change(folder / "beleid" / "lijkt_op.toml", '["inwoners@2020", "tevreden_met_buurt@2020"]', '["inwoners@2020"]')
    _change(
        folder / "beleid" / "indicatoren" / "bevolking" / "inwoners.toml",
        '2020 = "inwoners", 2023 = "inwoners"',
        ", ".join(f'{year} = "inwoners"' for year in YEARS),
    )
    rows = [_row(code, people, year) for year in YEARS for code, people in _places().items()]
    head = ["code", "naam", "jaar", "inwoners", *(f"{name};{name}_n" for name in INDICATORS)]
    (folder / "data").mkdir()
    text = "\n".join([";".join(head), *(reversed(rows) if backwards else rows)]) + "\n"
    (folder / "data" / "eigen_tabel.csv").write_text(text, encoding="utf-8")


def build_of(folder: Path, shelf: Path) -> Edition:
    """Build the edition ``pech`` of a folder that was written."""
    return build(
        policy_folder=folder / "beleid",
        data_folder=folder / "data",
        shelf=Shelf(shelf),
        made_on=date(2026, 11, 24),
        id_="pech",
        accept_complaints=True,
    )


def _places() -> dict[str, int]:
    cities: dict[str, int] = {}
    for code, people in WIJKEN.items():
        cities[f"GM{code[2:6]}"] = cities.get(f"GM{code[2:6]}", 0) + people
    return {**cities, **WIJKEN}


def _row(code: str, people: int, year: int) -> str:
    chosen = code in {"WK900101", "WK900201", "WK900401"}
    base = people // 30
    cells = {
        "gewoon": (50 + 10 * (year - 2020) * chosen, people // 3),
        "basis_nul": (50, 0 if chosen else base),
        "een_jaar": (50, base),
        "constant": (50, base),
        "niemand": (0, base),
        "niemand_naar_verhouding": (0, base),
        "iedereen": (100, base),
        "breuk": (50, base),
        "verborgen": (50, 10),
        "bij_de_bron_geheim": ("x", base),
        "zonder_grondslag": (50, base),
        "score": (100, base),
    }
    numbers = [f"{value};{size}" for value, size in (cells[name] for name in INDICATORS)]
    if code.startswith("GM"):
        numbers = [";"] * len(INDICATORS)  # nobody counts the city: it is made of its wijken
    return ";".join([code, f"Plaats {code}", str(year), str(people), *numbers])


def _indicator(name: str) -> str:
    years = {"een_jaar": (2023,), "breuk": (2019, 2021, 2023)}.get(name, YEARS)
    is_score = name == "score"
    return _INDICATOR.format(
        label=name.replace("_", " ").capitalize(),
        unit="score" if is_score else "percent",
        kind="score" if is_score else "proportion",
        form="" if is_score else 'form = "percent"\n',
        base="" if name in WITHOUT_BASE else f'base = "{name}_n"\n',
        materiality=5 if is_score else 0.02,
        scale="relative" if name == "niemand_naar_verhouding" else "absolute",
        columns=", ".join(f'{year} = "{name}"' for year in years),
        rest='\n[[break]]\nyear = 2020\nnote = "Andere vraag."\n' if name == "breuk" else "",
    )


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new), encoding="utf-8")
