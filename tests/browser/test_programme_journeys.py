"""Five people go through a programme with years of life in it, each as that person would, in a real browser."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from browser.town import PHONE, PROGRAMME, Person, Town, town_over

pytestmark = [pytest.mark.browser, pytest.mark.slow]

IN_NEWEST_SCHIPPERSBUURT_TALK = ("Ria de Groot", "Mo Achterberg", "Nadia Bouzid", "Stef Kuipers", "Yasmina Haddad")
TODAY = f"{datetime.now(ZoneInfo('Europe/Amsterdam')):%d-%m-%Y}"


@pytest.fixture(scope="module")
def town(example_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town_over(example_shelf, tmp_path_factory.mktemp("stad")) as made:
        yield made


@pytest.fixture
def come_in(browser: Any, town: Town) -> Iterator[Any]:
    people: list[Person] = []

    def enter(name: str = "", **options: Any) -> Person:
        people.append(Person(browser, town, name, **options))
        return people[-1]

    yield enter
    for one in people:
        one.leave()


def test_a_resident_on_a_phone_without_script_reads_the_dossier_sees_no_names_and_finds_the_feed(come_in: Any) -> None:
    resident = come_in(width=PHONE, java_script_enabled=False)
    resident.go("/")
    resident.main.locator("input[name=q]").first.fill("Schippersbuurt")
    resident.page.keyboard.press("Enter")
    resident.page.wait_for_url("**/zoek?q=Schippersbuurt")
    visited = ["/", resident.page.url]
    resident.follow("Schippersbuurt", exact=False)
    visited.append(resident.page.url)
    told = resident.follow(re.compile("afgesproken, gedaan en besloten|^Dossier van"))
    visited.append(resident.page.url)
    assert resident.page.url.endswith(f"{PROGRAMME}/wijk/wijkaanpak.9001-03")

    assert "Stand nu: doorgaan" in told
    assert "Statusgesprek van 16 mei 2017" in told, "a decision names the talk as a source"
    source = resident.page.content()
    assert [name for name in IN_NEWEST_SCHIPPERSBUURT_TALK if name in source] == []
    assert resident.context.cookies() == [], "who reads is not followed"

    link = resident.main.get_by_role("link", name="Volg deze wijk (Atom)").get_attribute("href")
    answer = resident.context.request.get(link)
    feed = ElementTree.fromstring(answer.body())
    atom = "{http://www.w3.org/2005/Atom}"
    assert "Schippersbuurt" in feed.findtext(f"{atom}title")
    assert len(feed.findall(f"{atom}entry")) > 5
    assert [name for name in IN_NEWEST_SCHIPPERSBUURT_TALK if name in answer.text()] == []
    assert resident.page.evaluate("document.documentElement.scrollWidth") <= PHONE

    other = come_in(width=PHONE)
    for address in visited:
        other.go(address)


def test_a_reviewer_disagrees_by_keyboard_and_both_stand_beside_each_other(come_in: Any, town: Town) -> None:
    item = town.at("onderdelen", "dijk-terug-geld")
    partner = come_in("hugo")
    partner.go(item)
    partner.follow("Melden hoe ver het is")
    partner.fill(status="nagekomen", text="Het loket is drie middagen in de week open.", spent_cents="61.500")
    partner.send("Melden hoe ver het is")
    assert "nagekomen" in partner.main.locator("section[aria-labelledby=gemeld] article").first.inner_text()
    assert partner.main.locator(".state").first.inner_text() == "in uitvoering", "who promised does not judge himself"

    reviewer = come_in("anouk")
    reviewer.by_keyboard = True
    reviewer.go(item)
    reviewer.follow("Vaststellen hoe ver het is")
    told = reviewer.send("Vaststellen hoe ver het is")
    assert "Er is iets nog niet goed" in told
    reviewer.fill(status="deels nagekomen", text="Op woensdag was de deur twee keer dicht.")
    reviewer.send("Vaststellen hoe ver het is")

    public = come_in()
    public.go(item)
    reported = public.main.locator("section[aria-labelledby=gemeld]")
    found = public.main.locator("section[aria-labelledby=vastgesteld]")
    assert reported.locator("article h3").first.inner_text().startswith("nagekomen")
    assert "niet nagekeken" in reported.inner_text()
    assert found.locator("article h3").first.inner_text().startswith("deels nagekomen")
    assert "Op woensdag was de deur twee keer dicht." in found.inner_text()
    left, right = reported.bounding_box(), found.bounding_box()
    assert left["y"] == right["y"], "beside each other"
    assert left["x"] + left["width"] <= right["x"]
    assert public.main.locator(".state").first.inner_text() == "deels nagekomen"


def test_a_partner_finds_what_is_late_and_reports_without_judging_himself(come_in: Any, town: Town) -> None:
    partner = come_in("els")
    item = town.at("onderdelen", "dijk-terug-onderhoud")
    told = partner.go(item)
    assert re.search(r"\d+ dagen te laat", told)
    before = partner.main.locator("section[aria-labelledby=gemeld] article").count()

    partner.go("/mijn")
    assert "te laat" in partner.main.locator("li", has_text="schimmel").inner_text()
    partner.follow("schimmel", exact=False)
    assert partner.page.url.endswith(f"{item}/melden"), "what waits for somebody leads to where it is done"
    partner.fill(status="vertraagd", text="De aannemer komt pas in maart.", spent_cents="veel", evidence="")
    told = partner.send("Melden hoe ver het is")
    assert "Er is iets nog niet goed" in told
    assert partner.typed("text") == "De aannemer komt pas in maart."
    assert partner.typed("spent_cents") == "veel"
    partner.fill(spent_cents="1.250,50", evidence="Brief van de aannemer")
    partner.send("Melden hoe ver het is")

    public = come_in()
    told = public.go(item)
    newest = public.main.locator("section[aria-labelledby=gemeld] article").first.inner_text()
    assert public.main.locator("section[aria-labelledby=gemeld] article").count() == before + 1
    assert newest.startswith("vertraagd")
    assert "1.250,50" in newest
    assert "De aannemer komt pas in maart." in newest
    assert re.search(r"\d+ dagen te laat", told), "reporting takes nothing of the delay away"
    assert "nog niets" in public.main.locator("section[aria-labelledby=vastgesteld]").inner_text()


def test_a_neighbourhood_is_wound_down_after_a_talk_on_two_sources_by_a_second_person(come_in: Any) -> None:
    manager, resident, minister, public = come_in("ellen"), come_in("milan"), come_in("henk"), come_in()
    manager.go(f"{PROGRAMME}/gesprekken/nieuw")
    manager.fill(
        area="Molenhoek (Duinburg)",
        on=TODAY,
        about="Is Molenhoek klaar?",
        participants="bewoner; Truus Zandvliet\ncoördinator; Fatma Yildiz",
        minutes="De bomen staan. Truus wil eerst een zomer zien of ze blijven staan.",
    )
    told = manager.send("Gesprek vastleggen")
    assert "bewoner: Truus Zandvliet" in told
    talk = manager.page.url
    resident.go(talk)
    resident.follow("Vastleggen dat je het niet eens bent")
    resident.fill(text="In het verslag staat niet dat de helft tegen is.")
    assert "de helft tegen" in resident.send("Vastleggen dat je het niet eens bent")
    public.go(talk, status=404)

    written = {
        "why": "De school en het plein zijn klaar.",
        "returns_when": "Als twee jaar achter elkaar meer leerlingen zonder diploma stoppen.",
        "objections": "De helft van de bewoners is tegen.",
        "bron_0": "Voortgang van de wijken",
        "bron_0_zegt": "Meer leerlingen halen een diploma.",
    }
    manager.go(f"{PROGRAMME}/besluiten/nieuw")
    manager.fill(area="Molenhoek (Duinburg)", course="afbouwen", **written, bron_1="Gesprek met bewoners")
    manager.main.locator("[name=talk]").select_option(value=talk.rsplit("/", 1)[1])
    told = manager.send("Besluit voorbereiden")
    assert "Schrijf op wat deze bron zegt." in told
    assert {name: manager.typed(name) for name in written} == written
    manager.fill(bron_1="")
    told = manager.send("Besluit voorbereiden")
    assert "Voorstel uit de cijfers" in told
    reasons = manager.main.locator("section", has_text="Waarom de cijfers dit voorstellen").inner_text()
    assert "Naast de stad" in reasons
    assert "Naast gelijkende wijken" in reasons
    decision = manager.page.url

    manager.follow("Voorleggen")
    manager.fill(reason="Graag voor de zomer.")
    told = manager.send("Voorleggen")
    assert "Een besluit rust op minstens twee bronnen" in told
    assert manager.typed("reason") == "Graag voor de zomer."
    manager.go(decision)
    manager.follow("Wijzigen")
    assert {name: manager.typed(name) for name in written} == written, "nothing that was typed is lost"
    manager.fill(bron_1="Gesprek met bewoners", bron_1_zegt="De bomen staan.")
    manager.send("Wijzigen")
    manager.follow("Voorleggen")
    manager.send("Voorleggen")
    assert "Het is bewaard" in manager.page.locator("body").inner_text()
    assert manager.main.get_by_role("link", name="Besluiten", exact=True).count() == 0, "who prepares decides nothing"
    public.go(decision, status=404)

    minister.go(decision)
    minister.follow("Besluiten")
    minister.fill(on=TODAY)
    minister.send("Besluiten")
    told = public.go(f"{PROGRAMME}/wijk/wijkaanpak.9004-04")
    assert "Stand nu: afbouwen" in told
    assert "Besloten: afbouwen, op grond van Voortgang van de wijken, Gesprek met bewoners" in told
    assert written["returns_when"] in told
    assert "Truus" not in public.page.content()
    told = public.go(decision)
    assert "De helft van de bewoners" not in told, "objections are for who works there"


def test_an_agreement_is_made_anew_and_the_version_before_stays_readable(come_in: Any, town: Town) -> None:
    coordinator, old = come_in("nadia"), town.at("afspraken", "tuin-1")
    coordinator.go(old)
    coordinator.follow("Nieuwe versie maken")
    stopped, postponed = town.keys["tuin-1-baan"], town.keys["tuin-1-tuinen"]
    coordinator.fill(
        **{
            f"wat_{stopped}": "gestopt: geen resultaat",
            f"wat_{postponed}": "uitgesteld",
            f"waarom_{postponed}": "De tuinen wachten op de riolering.",
            "reason": "Na het gesprek van september kiezen we opnieuw.",
        }
    )
    told = coordinator.send("Nieuwe versie maken")
    assert "Schrijf op waarom dit verandert." in told
    assert "Kies een latere datum dan die er nu staat." in told
    assert coordinator.typed(f"waarom_{postponed}") == "De tuinen wachten op de riolering."
    coordinator.fill(
        **{
            f"waarom_{stopped}": "Zes op de tien waren na een jaar hun baan weer kwijt.",
            f"datum_{postponed}": "31-12-2028",
        }
    )
    coordinator.send("Nieuwe versie maken")
    coordinator.follow("Ga naar versie 2")
    new = coordinator.page.url
    coordinator.follow("Voorleggen")
    coordinator.send("Voorleggen")
    public = come_in()
    public.go(new, status=404)

    for name, party in (
        ("henk", "Ministerie voor de Wijken"),
        ("karin", "Gemeente Aardenhaven"),
        ("stef", "Woonstede"),
        ("peter", "Scheepswerf Van Dam"),
    ):
        signer = come_in(name)
        signer.go(f"{new}/ondertekenen")
        signer.fill(partner=party)
        assert f"{party}: ondertekend op" in signer.send("Ondertekenen")
    minister = come_in("marga")
    minister.go(new)
    minister.follow("Publiceren")
    minister.send("Publiceren")

    public.go(new)
    stop, post = (public.main.locator("li.card", has_text=words) for words in ("bijstand", "binnentuinen"))
    assert "gestopt: geen resultaat" in stop.inner_text()
    assert "Zes op de tien waren na een jaar hun baan weer kwijt." in stop.inner_text()
    assert "uitgesteld" in post.inner_text()
    assert "31 december 2028" in post.inner_text()
    told = public.go(old)
    assert "Er is een nieuwere versie" in told
    assert public.main.locator(".state").first.inner_text() == "vervangen"
    assert "31 maart 2026" in public.main.locator("li.card", has_text="binnentuinen").inner_text(), "as it was signed"
    public.follow("Ga naar versie 2")
    assert public.page.url == new
