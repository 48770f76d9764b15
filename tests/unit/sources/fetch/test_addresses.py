"""Every interface is asked at its own documented address, and never at another server than its own."""

import pytest

from wijkpeil.sources.fetch.address import followed, moved
from wijkpeil.sources.fetch.dialect import NotAPage
from wijkpeil.sources.fetch.dialects import DIALECTS

RIVM = "RIVM/50090NED?$filter=Perioden eq '2012JJ00' and Marges eq 'MW00000'"


@pytest.mark.parametrize(
    ("protocol", "address", "card", "figures"),
    [
        (
            "odata_v4",
            "CBS/83765NED",
            "https://datasets.cbs.nl/odata/v1/CBS/83765NED/Properties",
            "https://datasets.cbs.nl/odata/v1/CBS/83765NED/Observations",
        ),
        (
            "odata_v4",
            "CBS/83765NED/WijkenEnBuurtenCodes",
            "https://datasets.cbs.nl/odata/v1/CBS/83765NED/Properties",
            "https://datasets.cbs.nl/odata/v1/CBS/83765NED/WijkenEnBuurtenCodes",
        ),
        (
            "odata_v3",
            "CBS/84799NED",
            "https://opendata.cbs.nl/ODataApi/odata/84799NED/TableInfos?$format=json",
            "https://opendata.cbs.nl/ODataFeed/odata/84799NED/TypedDataSet?$format=json",
        ),
        (
            "odata_v3",
            "84799NED/WijkenEnBuurten",
            "https://opendata.cbs.nl/ODataApi/odata/84799NED/TableInfos?$format=json",
            "https://opendata.cbs.nl/ODataFeed/odata/84799NED/WijkenEnBuurten?$format=json",
        ),
        (
            "odata_v3",
            "84799NED",
            "https://opendata.cbs.nl/ODataApi/odata/84799NED/TableInfos?$format=json",
            "https://opendata.cbs.nl/ODataFeed/odata/84799NED/TypedDataSet?$format=json",
        ),
        (
            "odata_v3",
            RIVM,
            "https://dataderden.cbs.nl/ODataApi/odata/50090NED/TableInfos?$format=json",
            "https://dataderden.cbs.nl/ODataFeed/odata/50090NED/TypedDataSet"
            "?$filter=Perioden%20eq%20'2012JJ00'%20and%20Marges%20eq%20'MW00000'&$format=json",
        ),
        (
            "odata_v3",
            "https://opendata.cbs.nl/ODataApi/odata/70904ned",
            "https://opendata.cbs.nl/ODataApi/odata/70904ned/TableInfos?$format=json",
            "https://opendata.cbs.nl/ODataFeed/odata/70904ned/TypedDataSet?$format=json",
        ),
        (
            "wfs",
            "lbm3:buurtscore24",
            "https://geo.leefbaarometer.nl/wfs?typeNames=lbm3:buurtscore24&service=WFS&version=2.0.0&request=GetFeature"
            "&outputFormat=application/json&srsName=EPSG:4326&sortBy=id&startIndex=0&count=1",
            "https://geo.leefbaarometer.nl/wfs?typeNames=lbm3:buurtscore24&service=WFS&version=2.0.0&request=GetFeature"
            "&outputFormat=application/json&srsName=EPSG:4326&sortBy=id&startIndex=0&count=1000",
        ),
        (
            "ogc_features",
            "cbs/wijken-en-buurten-2024/ogc/v1/collections/wijken",
            "https://api.pdok.nl/cbs/wijken-en-buurten-2024/ogc/v1?f=json",
            "https://api.pdok.nl/cbs/wijken-en-buurten-2024/ogc/v1/collections/wijken/items?f=json&limit=1000",
        ),
    ],
)
def test_a_table_is_asked_at_its_documented_address(protocol: str, address: str, card: str, figures: str) -> None:
    dialect = DIALECTS[protocol]
    place = dialect.place(address)
    assert dialect.card_address(place) == card
    assert dialect.first_page(place) == figures


def test_another_server_takes_over_the_whole_address() -> None:
    place = DIALECTS["odata_v3"].place(RIVM)
    moved_place = moved(place, "http://127.0.0.1:8000/spiegel/")
    assert moved_place.startswith("http://127.0.0.1:8000/spiegel/ODataFeed/odata/50090NED?$filter=Perioden eq")
    assert moved(place, None) == place


def test_a_list_that_is_wanted_survives_the_move() -> None:
    dialect = DIALECTS["odata_v4"]
    place = moved(dialect.place("CBS/83765NED/WijkenEnBuurtenCodes"), "http://127.0.0.1:8000")
    assert dialect.first_page(place) == "http://127.0.0.1:8000/odata/v1/CBS/83765NED/WijkenEnBuurtenCodes"
    assert dialect.about(place, {}) == {}


def test_a_next_page_keeps_the_protocol_that_was_asked_with() -> None:
    asked = "https://opendata.cbs.nl/ODataFeed/odata/1/TypedDataSet?$format=json"
    said = "http://opendata.cbs.nl/ODataFeed/odata/1/TypedDataSet?$format=json&$skip=10000"
    assert followed(said, asked=asked) == said.replace("http:", "https:")
    assert followed("TypedDataSet?$skip=10000", asked=asked) == asked.replace("$format=json", "$skip=10000")
    assert followed(None, asked=asked) is None


def test_a_next_page_elsewhere_is_not_followed() -> None:
    with pytest.raises(NotAPage, match=r"elders\.example"):
        followed("https://elders.example/2", asked="https://opendata.cbs.nl/1")
