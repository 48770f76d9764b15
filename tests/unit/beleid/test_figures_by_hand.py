"""Three figures or more of every source, worked out by hand from the cells of the real file.

Each line gives the cells as they stand in the file (looked up with an editor, ``csv`` or a dBase reader that is not
ours) and the sum that makes the figure of them: shares as fractions, rates per person, money in euro.
"""

import polars as pl
import pytest

from wijkpeil.domain.status import Status

pytestmark = pytest.mark.real

SCHILDERSWIJK, TARWEWIJK, CHARLOIS, ROTTERDAM = "WK051829", "BU05991571", "WK059915", "GM0599"
OVERVECHT, OVERDIE = "WK034403", "WK036103"

BY_HAND = [
    # KWB 2020: 3,440 recipients (column 83) and 6,225 children (8) of 31,635 inhabitants (5); 5,860 of 13,480 alone
    ("cbs_kwb_odata", SCHILDERSWIJK, "bijstand", 2020, 3440 / 31635),
    ("cbs_kwb_odata", SCHILDERSWIJK, "leeftijd_0_14", 2020, 6225 / 31635),
    ("cbs_kwb_odata", SCHILDERSWIJK, "eenpersoonshuishoudens", 2020, 5860 / 13480),
    # P_00_14_JR 21 and P_EENP_HH 42 (whole per cent), GEM_HH_GR 2.4 in 2016; P_65_EO_JR 15 in 2017
    ("cbs_kwb_kaart", SCHILDERSWIJK, "leeftijd_0_14", 2016, 0.21),
    ("cbs_kwb_kaart", SCHILDERSWIJK, "huishoudensgrootte", 2016, 2.4),
    ("cbs_kwb_kaart", OVERDIE, "leeftijd_65_plus", 2017, 0.15),
    # Rotterdam, land: WOZ 220 (x 1,000 euro), P_JZ_TN 8.1, A_BEDV 79070 of AANT_INW 651157
    ("cbs_kwb_kaart_2020", ROTTERDAM, "woz_waarde", 2020, 220_000),
    ("cbs_kwb_kaart_2020", ROTTERDAM, "jeugdzorg", 2020, 0.081),
    ("cbs_kwb_kaart_2020", ROTTERDAM, "bedrijfsvestigingen", 2020, 79070 / 651157),
    # 2014 gives children as 20 per cent, 2015 as 2,425 of 12,295; 1,020 recipients of 12,225 in 2017
    ("cbs_kwb_statline", TARWEWIJK, "leeftijd_0_14", 2014, 0.20),
    ("cbs_kwb_statline", TARWEWIJK, "leeftijd_0_14", 2015, 2425 / 12295),
    ("cbs_kwb_statline", TARWEWIJK, "bijstand", 2017, 1020 / 12225),
    # "14,9" and "78" are x 1,000 euro; "28,4" is per cent; 12 offences per 1,000 inhabitants
    ("cbs_kwb_statline", TARWEWIJK, "inkomen_per_inwoner", 2014, 14_900),
    ("cbs_kwb_statline", TARWEWIJK, "woz_waarde", 2014, 78_000),
    ("cbs_kwb_statline", TARWEWIJK, "huishoudens_laag_inkomen", 2014, 0.284),
    ("cbs_kwb_statline", TARWEWIJK, "geweld_seksueel", 2018, 0.012),
    # dwelling_value 213 (x 1,000 euro), dwelling_ownership 19, income_low 61.8, edu_appl_sci 14.0
    ("cbs_kwb_2022", SCHILDERSWIJK, "woz_waarde", 2022, 213_000),
    ("cbs_kwb_2022", SCHILDERSWIJK, "koopwoningen", 2022, 0.19),
    ("cbs_kwb_2022", SCHILDERSWIJK, "laagste_inkomens_personen", 2022, 0.618),
    ("cbs_kwb_2022", SCHILDERSWIJK, "opleiding_hoog", 2022, 0.14),
    # 2023: a_65_oo 4825 of a_inw 34910, g_wozbag 301, a_soz_wb 2680; 2024: a_1p_hh 9155 of a_hh 17470
    ("cbs_kwb_xlsx", OVERVECHT, "leeftijd_65_plus", 2023, 4825 / 34910),
    ("cbs_kwb_xlsx", OVERVECHT, "woz_waarde", 2023, 301_000),
    ("cbs_kwb_xlsx", OVERVECHT, "bijstand", 2023, 2680 / 34910),
    ("cbs_kwb_xlsx", OVERVECHT, "eenpersoonshuishoudens", 2024, 9155 / 17470),
    # "    59.9" in column 28; "    34.9" in column 38; "    13.0" in column 33
    ("rivm_50090NED", SCHILDERSWIJK, "eenzaam", 2012, 0.599),
    ("rivm_50090NED", SCHILDERSWIJK, "moeite_met_rondkomen", 2020, 0.349),
    ("rivm_50090NED", SCHILDERSWIJK, "vrijwilligerswerk", 2020, 0.130),
    # WK051829: 65 lonely, 25 severely, 52 in good health; WK036103: 53 lonely
    ("rivm_eenzaamheid_2016", SCHILDERSWIJK, "eenzaam", 2016, 0.65),
    ("rivm_eenzaamheid_2016", SCHILDERSWIJK, "ernstig_eenzaam", 2016, 0.25),
    ("rivm_eenzaamheid_2016", SCHILDERSWIJK, "ervaren_gezondheid_goed", 2016, 0.52),
    ("rivm_eenzaamheid_2016", OVERDIE, "eenzaam", 2016, 0.53),
    # KL02 1, KL08 2, KL16 2
    ("leefbaarometer2_klasse", SCHILDERSWIJK, "leefbaarometer2_klasse", 2002, 1),
    ("leefbaarometer2_klasse", SCHILDERSWIJK, "leefbaarometer2_klasse", 2008, 2),
    ("leefbaarometer2_klasse", SCHILDERSWIJK, "leefbaarometer2_klasse", 2016, 2),
    # RLBRMTR, RLBWON and RLBVEI
    ("leefbaarometer2_score", SCHILDERSWIJK, "leefbaarometer2_score", 2012, -0.678527871730586),
    ("leefbaarometer2_score", SCHILDERSWIJK, "leefbaarometer2_woningen", 2014, 0.0287887681117564),
    ("leefbaarometer2_score", SCHILDERSWIJK, "leefbaarometer2_veiligheid", 2016, -0.395593902075208),
    # kscore 9 and onv -0.113587 of Binnenstad-Noord; afw of Den Haag; afw of Uilenstede in 2014
    ("leefbaarometer3", "BU00140000", "leefbaarometer3_klasse", 2024, 9),
    ("leefbaarometer3", "BU00140000", "leefbaarometer3_overlast_onveiligheid", 2024, -0.113587),
    ("leefbaarometer3", "GM0518", "leefbaarometer3_score", 2024, 0.0225794),
    ("leefbaarometer3", "WK036205", "leefbaarometer3_score", 2014, -0.3697214176567961),
    # "1,60%" of number 71 (Tarwewijk) in 2014; "59%" and 77 in 2016; "1,70%" of 4009 (Charlois)
    ("rotterdam_wijkprofiel_si", TARWEWIJK, "schuldhulp_rotterdam", 2014, 0.016),
    ("rotterdam_wijkprofiel_si", CHARLOIS, "schuldhulp_rotterdam", 2014, 0.017),
    ("rotterdam_wijkprofiel_si", TARWEWIJK, "actief_voor_de_buurt_rotterdam", 2016, 0.59),
    ("rotterdam_wijkprofiel_si", TARWEWIJK, "sociale_index_rotterdam", 2016, 77),
    # "14,3" burglaries per 1,000 addresses in 2014 and 15 in 2018; index 108 of number 5000 (the city)
    ("rotterdam_wijkprofiel_vi", TARWEWIJK, "inbraak_woning_rotterdam", 2014, 0.0143),
    ("rotterdam_wijkprofiel_vi", TARWEWIJK, "inbraak_woning_rotterdam", 2018, 0.015),
    ("rotterdam_wijkprofiel_vi", ROTTERDAM, "veiligheidsindex_rotterdam", 2018, 108),
    # "14%" and 13 of number 71, "11%" of 4009
    ("rotterdam_wijkprofiel_fi_obj", TARWEWIJK, "woningen_te_vol_rotterdam", 2014, 0.14),
    ("rotterdam_wijkprofiel_fi_obj", CHARLOIS, "woningen_te_vol_rotterdam", 2014, 0.11),
    ("rotterdam_wijkprofiel_fi_obj", TARWEWIJK, "verkeersongevallen_rotterdam", 2016, 0.013),
    # "52%", "77%" and 79 of number 71
    ("rotterdam_wijkprofiel_fi_subj", TARWEWIJK, "verhuisgeneigd_rotterdam", 2018, 0.52),
    ("rotterdam_wijkprofiel_fi_subj", TARWEWIJK, "rommel_op_straat_rotterdam", 2018, 0.77),
    ("rotterdam_wijkprofiel_fi_subj", TARWEWIJK, "fysieke_index_rotterdam", 2018, 79),
    # "    20.8" low and "  -0.100" of Amsterdam, "    12.9" of WK036300
    ("cbs_ses_woa", "GM0363", "opleiding_laag_amsterdam", 2019, 0.208),
    ("cbs_ses_woa", "GM0363", "ses_woa_score", 2019, -0.100),
    ("cbs_ses_woa", "WK036300", "opleiding_laag_amsterdam", 2019, 0.129),
    # 2023, Overvecht: "     0.5" to a supermarket, "     1.2" to a library; 2021: "3,9" to a library in BU16800100
    ("cbs_nabijheid", OVERVECHT, "afstand_supermarkt", 2023, 0.5),
    ("cbs_nabijheid", OVERVECHT, "afstand_bibliotheek", 2023, 1.2),
    ("cbs_nabijheid", "BU16800100", "afstand_bibliotheek", 2021, 3.9),
    # the last row of each export: Utrecht 50 and 31
    ("utrecht_inwonersenquete_cultuur", "GM0344", "culturele_voorzieningen_tevreden_utrecht", 2023, 0.50),
    ("utrecht_inwonersenquete_jongeren", "GM0344", "jongerenvoorzieningen_tevreden_utrecht", 2023, 0.31),
]


@pytest.mark.parametrize(("source", "area", "indicator", "period", "expected"), BY_HAND)
def test_the_figure_is_the_one_worked_out_by_hand(
    observed: pl.DataFrame, source: str, area: str, indicator: str, period: int, expected: float
) -> None:
    found = observed.filter(
        (pl.col("area") == area)
        & (pl.col("indicator") == indicator)
        & (pl.col("period") == period)
        & pl.col("source").str.starts_with(f"{source}:")
    )
    assert found["value"].to_list() == [pytest.approx(expected, rel=1e-9)]


def test_every_source_with_figures_is_worked_out_by_hand(observed: pl.DataFrame) -> None:
    given = set(observed["source"].str.split(":").list.first())
    assert given == {source for source, *_ in BY_HAND}


def test_a_column_that_the_publisher_has_not_filled_yet_is_not_yet_and_not_nothing(observed: pl.DataFrame) -> None:
    """The parquet of 2020 is an early release: all its 17,341 cells of dwelling values are empty."""
    early = observed.filter((pl.col("indicator") == "woz_waarde") & (pl.col("source") == "cbs_kwb_odata:84799NED"))
    assert early.height == 17341
    assert set(early["status"]) == {Status.NOT_YET}


def test_volunteering_has_no_figure_for_2012_rather_than_an_empty_one(observed: pl.DataFrame) -> None:
    years = observed.filter(pl.col("indicator") == "vrijwilligerswerk")["period"].unique()
    assert set(years) == {2016, 2020}
