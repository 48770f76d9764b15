"""What the files say is what the domain holds."""

from datetime import date

import pytest

from wijkpeil import catalogue
from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.domain.indicator import Column, Direction, Form, GapScale, Kind, Unit
from wijkpeil.domain.programme import Certainty

TODAY = date(2026, 11, 24)
CONTENT = "indicatoren/samen_leven/tevreden_met_buurt.toml"
PROGRAMME = "programmas/ons_programma.toml"


def test_starter_says_what_its_files_say(folder):
    policy, _ = catalogue.load(folder, today=TODAY)
    content = policy.indicator["tevreden_met_buurt"]
    assert (content.theme, content.unit, content.kind) == ("samen_leven", Unit.PERCENT, Kind.PROPORTION)
    assert (content.direction, content.materiality, content.gap_scale) == (
        Direction.HIGHER_IS_BETTER, 0.02, GapScale.ABSOLUTE,
    )  # fmt: skip
    people = policy.indicator["inwoners"]
    assert (people.materiality, people.minimum_base, people.breaks) == (None, None, ())
    assert policy.base["inwoners"].population == "inwoners"
    assert policy.rule["openbaar"].minimum_base["ordinal"] == 50
    assert policy.look_alikes.characteristics == ("inwoners@2020", "tevreden_met_buurt@2020")
    assert (policy.map_year, policy.fictional, policy.checked_on) == (2024, True, TODAY)
    (table,) = policy.source["eigen_tabel"].tables
    assert (table.year, table.vintage, table.code_list) == (None, 2024, {"population": "inwoners"})
    assert table.mapping is not None
    assert table.mapping.period_column == "jaar"


def test_themes_give_the_order_and_not_the_alphabet(folder, change):
    change("themas.toml", "order = 1 ", "order = 9 ")
    policy, _ = catalogue.load(folder, today=TODAY)
    assert [theme.id for theme in policy.themes] == ["samen_leven", "bevolking"]
    assert [indicator.id for indicator in policy.indicators] == ["tevreden_met_buurt", "inwoners"]


def test_year_says_what_differs_from_its_source(folder, change):
    different = '2023 = { name = "teller", form = "numerator", base = "noemer", rounded_to = 10, error = "fout" }'
    change(CONTENT, 'base = "ondervraagd"', 'rounded_to = 5\nbase = "ondervraagd"')
    change(CONTENT, '2023 = "tevreden_met_buurt"', different)
    (source,) = catalogue.load(folder, today=TODAY)[0].indicator["tevreden_met_buurt"].sources
    assert source.columns == {
        2020: Column(name="tevreden_met_buurt", form=Form.PERCENT, base="ondervraagd", rounded_to=5),
        2023: Column(name="teller", form=Form.NUMERATOR, base="noemer", rounded_to=10, error="fout"),
    }


@pytest.mark.parametrize(
    ("unit", "kind", "form"),
    [("percent", "proportion", "percent"), ("per_1000", "rate", "per_1000"), ("euro", "mean", "value")],
)
def test_form_that_is_left_out_is_that_of_the_unit(unit, kind, form, folder, change):
    change(CONTENT, 'unit = "percent"', f'unit = "{unit}"')
    change(CONTENT, 'kind = "proportion"', f'kind = "{kind}"')
    change(CONTENT, 'form = "percent" ', "# ")
    (source,) = catalogue.load(folder, today=TODAY)[0].indicator["tevreden_met_buurt"].sources
    assert {column.form for column in source.columns.values()} == {form}


def test_sources_are_tried_in_the_order_of_the_file(folder, change):
    (folder / "bronnen/tweede.toml").write_bytes((folder / "bronnen/eigen_tabel.toml").read_bytes())
    second = '[[source]]\nid = "tweede"\ncolumns = { 2020 = "x" }\n\n[[source]]'
    change(CONTENT, "[source]", second)
    sources = catalogue.load(folder, today=TODAY)[0].indicator["tevreden_met_buurt"].sources
    assert [source.source for source in sources] == ["tweede", "eigen_tabel"]


def test_neighbourhood_starts_with_its_programme_unless_it_says_otherwise(folder, change):
    change(PROGRAMME, "# end = 2025-12-31", "end = 2025-12-31")
    policy, _ = catalogue.load(folder, today=TODAY)
    programme = policy.programme["ons_programma"]
    (neighbourhood,) = programme.neighbourhoods
    assert (neighbourhood.start, neighbourhood.end) == (date(2021, 1, 1), date(2025, 12, 31))
    assert neighbourhood.certainty is Certainty.OFFICIAL
    assert neighbourhood.parts == ("WK900101", "BU90010201")
    assert programme.code_of(neighbourhood) == "ons_programma.havenkwartier"


def test_tab_between_columns_survives_reading(folder, change):
    change("bronnen/eigen_tabel.toml", 'layout = "wide" ', 'delimiter = "\\t"\nlayout = "wide" ')
    (table,) = catalogue.load(folder, today=TODAY)[0].source["eigen_tabel"].tables
    assert table.mapping.delimiter == "\t"


def test_starter_never_overwrites(folder):
    (folder / "beleid.toml").write_text("van mij", encoding="utf-8")
    with pytest.raises(FaultsFound, match="niet overschreven"):
        catalogue.lay_down(folder)
    assert (folder / "beleid.toml").read_text(encoding="utf-8") == "van mij"


def test_starter_goes_into_an_empty_folder_and_tells_what_it_wrote(tmp_path):
    written = catalogue.lay_down(tmp_path)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == list(written)
    assert tmp_path / "beleid.toml" in written


def test_starter_explains_every_key_that_must_be_there(folder):
    for path in folder.rglob("*.toml"):
        assert path.read_text(encoding="utf-8").count("#") >= 1, path.name
