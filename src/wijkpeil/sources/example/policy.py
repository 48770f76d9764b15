"""The policy files of the fictional country, written as a researcher would write them."""

from wijkpeil.sources.example.country import BREAK_YEAR, SELECTED_ON, SELECTION_YEARS, Country, Spec
from wijkpeil.sources.example.places import NEW_MAP, OLD_MAP
from wijkpeil.sources.example.tables import COUNTRY_CODE, COUNTRY_NAME, PEOPLE, is_counted, map_year

PROGRAMME = "wijkaanpak"

_THEMES = {
    "wonen": ("Wonen", "Housing"),
    "leefbaarheid": ("Leefbaarheid", "Liveability"),
    "leren": ("Leren", "Learning"),
    "werken": ("Werken", "Work"),
    "inkomen_schulden": ("Inkomen en schulden", "Income and debt"),
    "veiligheid": ("Veiligheid", "Safety"),
    "gezondheid": ("Gezondheid", "Health"),
    "samen_leven": ("Samen leven en participatie", "Living together and participation"),
    "bevolking": ("Bevolking", "Population"),
}
_BASES = {
    "persons": ("inwoners", "inhabitants", "inwoners"),
    "persons_18_plus": ("inwoners van 18 jaar en ouder", "inhabitants aged 18 and over", "inwoners"),
    "households": ("huishoudens", "households", "huishoudens"),
    "dwellings": ("woningen", "dwellings", "woningen"),
}
_MATERIALITY = {"proportion": ("0.01", "absolute"), "rate": ("0.0005", "absolute"), "mean": ("0.02", "relative"),
                "score": ("0.05", "absolute")}  # fmt: skip
_LOOK_ALIKES = ("bijstand", "laag_inkomen", "koopwoningen", "jonger_dan_15", "alleenstaand")
_REVIEW = """\
[review]
author = "onderzoek@voorbeeldland.example"
checked_by = "methoden@voorbeeldland.example"
review_due = 2099-01-01
"""


def policy_of(country: Country) -> dict[str, str]:
    """Write every policy file of the country, by its path in the policy folder."""
    indicators = {f"indicatoren/{spec.theme}/{spec.id}.toml": _indicator(country, spec) for spec in country.specs}
    return {
        "beleid.toml": (
            f'name = "{COUNTRY_NAME}"\nfictional = true\ncountry = "{COUNTRY_CODE}"\nmap_year = {NEW_MAP}\n'
            f'apportioned_limit = 0.25\ndefault_programme = "{PROGRAMME}"\n'
        ),
        "themas.toml": "".join(
            f'[[theme]]\nid = "{id_}"\nlabel = "{label}"\nlabel_en = "{english}"\norder = {order}\nnote = ""\n\n'
            for order, (id_, (label, english)) in enumerate(_THEMES.items(), start=1)
        ),
        "grondslagen.toml": "".join(
            f'[[base]]\nid = "{id_}"\nlabel = "{label}"\nlabel_en = "{english}"\npopulation = "{population}"\n\n'
            for id_, (label, english, population) in _BASES.items()
        ),
        "groepen.toml": _groups(country),
        "lijkt_op.toml": _look_alikes(country),
        "onthulling.toml": (
            '[[audience]]\nid = "openbaar"\nlabel = "iedereen"\nround_counts_to = 5\n'
            "[audience.minimum_base]\nproportion = 50\nmean = 20\nrate = 50\ncount = 0\nscore = 50\nordinal = 50\n\n"
            '[[audience]]\nid = "onderzoek"\nlabel = "onderzoekers met toestemming"\nround_counts_to = 1\n'
            "[audience.minimum_base]\nproportion = 10\nmean = 10\nrate = 10\ncount = 0\nscore = 10\nordinal = 10\n"
        ),
        "bronnen/voorbeeld_cijfers.toml": _figures_source(country),
        "bronnen/voorbeeld_grenzen.toml": _boundaries_source(country),
        f"programmas/{PROGRAMME}.toml": _programme(country),
        **indicators,
    }


def _indicator(country: Country, spec: Spec) -> str:
    label = spec.label[0].lower() + spec.label[1:]
    materiality, scale = _MATERIALITY.get(spec.kind, ("0.0", "absolute"))
    judged = f'[judgement]\nmateriality = {materiality}\ngap_scale = "{scale}"\n' if spec.direction != "context" else ""
    price = "price_year = 2020\n" if spec.unit == "euro" else ""
    years = ", ".join(f"{year} = {_column(spec)}" for year in country.size.years)
    broken = (
        f'[[break]]\nyear = {BREAK_YEAR}\nnote = "Vanaf {BREAK_YEAR} telt het bureau op een andere manier."\n'
        if spec.id in country.truths.broken
        else ""
    )
    made_up = "Dit cijfer is verzonnen om te laten zien hoe Wijkpeil werkt. Het zegt niets over een echte wijk."
    return (
        f'label = "{spec.label}"\nlabel_en = "{spec.label_en}"\n'
        f'unit = "{spec.unit}"\ndirection = "{spec.direction}"\n\n'
        f'[measure]\nkind = "{spec.kind}"\nnature = "{spec.nature}"\nbase = "{spec.base}"\nmoment = "{_moment(spec)}"\n'
        f"decimals = {_decimals(spec)}\n{price}\n{judged}\n"
        f'[[source]]\nid = "voorbeeld_cijfers"\ncolumns = {{ {years} }}\n\n'
        f'[meaning]\ndefinition = "Verzonnen cijfer: {label}, zoals het bureau van {COUNTRY_NAME} het telt."\n'
        f'question = "Hoe staat het met: {label}?"\nnot_for = "{made_up}"\n\n{broken}\n{_REVIEW}'
    )


def _column(spec: Spec) -> str:
    if spec.kind == "count":
        return f'{{ name = "{spec.id}", form = "value" }}'
    if is_counted(spec):
        return f'{{ name = "{spec.id}", form = "numerator", base = "{PEOPLE[spec.people]}" }}'
    error = f', error = "{spec.id}_fout"' if spec.nature == "surveyed" else ""
    base = f', base = "{PEOPLE[spec.people]}"' if spec.kind == "mean" else ""
    form = "fraction" if spec.kind == "proportion" else "value"
    return f'{{ name = "{spec.id}", form = "{form}"{base}{error} }}'


def _moment(spec: Spec) -> str:
    if spec.nature == "surveyed":
        return "survey_year"
    return "whole_year" if spec.kind == "rate" else "first_of_january"


def _decimals(spec: Spec) -> int:
    return {"count": 0, "mean": 0 if spec.unit == "euro" else 1, "score": 2}.get(spec.kind, 1)


def _groups(country: Country) -> str:
    large = country.places["gemeente"].unique(maintain_order=True).to_list()[:4]
    members = ", ".join(f'"{code}"' for code in large)
    return (
        f'[[group]]\nid = "V4"\nlabel = "de vier grote steden"\nlabel_en = "the four large cities"\n'
        f"vintage = {NEW_MAP}\nmembers = [{members}]\n"
    )


def _look_alikes(country: Country) -> str:
    year = min(SELECTION_YEARS[-1], country.size.last_year)
    known = [f'"{spec.id}@{year}"' for spec in country.specs if spec.id in _LOOK_ALIKES]
    return (
        f"characteristics = [{', '.join(known)}]\nnumber = 20\ncaliper = 1.5\nminimum_population = 500\n"
        f'note = "Wijken die in {year} het meest op deze leken, buiten elk programma en in een andere stad."\n'
    )


def _figures_source(country: Country) -> str:
    tables = "".join(
        f'[[table]]\nid = "cijfers-{year}"\nyear = {year}\nvintage = {map_year(country, year)}\n'
        f'files = ["cijfers_{year}.csv"]\nform = "eigen_tabel"\n'
        '[table.code_list]\npopulation = "inwoners"\nland_ha = "oppervlakte_ha"\ntotal_ha = "oppervlakte_ha"\n'
        '[table.mapping]\ncode_column = "gebied"\nname_column = "naam"\n'
        'decimal = "."\ndelimiter = ","\nheader_row = 1\n\n'
        for year in country.size.years
    )
    return _source("Jaarcijfers van Voorbeeldland", "jaarlijks") + tables


def _boundaries_source(country: Country) -> str:
    years = (NEW_MAP,) if country.old_map is None else (OLD_MAP, NEW_MAP)
    tables = "".join(
        f'[[table]]\nid = "grenzen-{year}"\nyear = {year}\nvintage = {year}\nfiles = ["grenzen_{year}.geojson"]\n'
        'form = "boundaries_geojson"\n\n'
        for year in years
    )
    return _source("Grenzen van Voorbeeldland", "bij een nieuwe indeling") + tables


def _source(label: str, cadence: str) -> str:
    return (
        f'label = "{label}"\npublisher = "Bureau voor de Statistiek van {COUNTRY_NAME} (verzonnen)"\n'
        'licence = "CC0-1.0"\nattribution = "Verzonnen cijfers van Wijkpeil"\n'
        f'landing_page = "https://voorbeeldland.example/cijfers"\ncadence = "{cadence}"\n'
        'note = "Deze bron bestaat niet: de cijfers zijn gemaakt om mee te oefenen en te testen."\n\n'
    )


def _programme(country: Country) -> str:
    code, name = country.places["code"].to_list(), country.places["name"].to_list()
    gemeente = country.places["gemeente"].to_list()
    years = [year for year in SELECTION_YEARS if year in country.size.years]
    selected = ", ".join(f'"{spec.id}@{year}"' for spec in country.specs if spec.id in SELECTED_ON for year in years)
    text = (
        'label = "De veertig wijken van Voorbeeldland"\nlabel_en = "The forty neighbourhoods of Voorbeeldland"\n'
        f"start = 2008-01-01\nbaseline = 2007-01-01\nbaseline_window = 1\nvintage = {NEW_MAP}\n"
        f"selected_on = [{selected}]\n"
        'note = "Een verzonnen programma: de wijken die in 2005 en 2006 het slechtst stonden."\n'
    )
    for number, parts in enumerate(country.programme):
        listed = ", ".join(f'"{code[place]}"' for place in parts)
        left = "end = 2016-12-31\n" if number == 3 else ""
        text += (
            f'\n[[neighbourhood]]\nid = "{neighbourhood_id(country, number)}"\n'
            f'name = "{" en ".join(name[place] for place in parts)}"\ngemeente = "{gemeente[parts[0]]}"\n'
            f'parts = [{listed}]\ncertainty = "official"\n{left}'
        )
    return text


def neighbourhood_id(country: Country, number: int) -> str:
    """Give the id of a neighbourhood of the programme: its gemeente and its first part."""
    first = country.programme[number][0]
    gemeente, code = country.places["gemeente"][first], country.places["code"][first]
    return f"{gemeente[2:]}-{code[6:]}".lower()
