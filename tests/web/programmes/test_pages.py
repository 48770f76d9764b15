"""The desk: what people see, what they can do there without a script, and what nobody learns who may not."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from wijkpeil.publication import Shelf
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.programmes import agreements, measures
from wijkpeil.web.programmes.acting import is_visible
from wijkpeil.web.programmes.models import Agreement, Ambition, Item, Measure, Partner
from wijkpeil.web.programmes.visible import visible

AT = "/programma/wijkaanpak"
CANARY = "Kanariegeel"


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


@pytest.fixture
def visit(signed_in, world):
    """Come in as somebody, or as the public; every visitor has a browser of his own."""

    def come_in(who: str | None = None) -> Client:
        return Client(headers={"host": "localhost"}) if who is None else signed_in(world[who])

    return come_in


def page(browser: Client, at: str, status: int = 200) -> str:
    answer = browser.get(at)
    assert answer.status_code == status, (at, answer.status_code, answer.headers.get("Location"))
    return unescape(answer.content.decode())


@pytest.fixture(autouse=True)
def real_place(world, example_shelf):
    """Let the small world stand in a neighbourhood of the example."""
    programme = Shelf(example_shelf).open("voorbeeld").policy.programme["wijkaanpak"]
    first = programme.neighbourhoods[0]
    world.area, world.city = programme.code_of(first), first.gemeente


AMBITION = {
    "theme": "werken",
    "words": "Iedereen een baan",
    "satisfied_when": "Als iedereen werkt",
    "indicator": "",
    "baseline": "",
    "baseline_year": "",
    "target": "",
    "target_year": "",
    "caveat": "",
    "reason": "",
}


class TestTheWayOfAnAmbition:
    """From a resident who writes it to a reader on the street."""

    def test_a_resident_writes_it_a_manager_approves_it_and_everybody_reads_it(self, world, visit):
        resident = visit("residents")
        sent = resident.post(f"{AT}/ambities/nieuw", {**AMBITION, "area": world.area})
        assert sent.status_code == 303
        one = Ambition.objects.get()
        at = f"{AT}/ambities/{one.key}"
        assert sent.headers["Location"] == at
        assert visit().get(at).status_code == 404
        assert f"{at}/voorleggen" in page(resident, at)
        resident.post(f"{at}/voorleggen", {"seen": 1, "reason": ""})
        manager = visit("manager")
        assert manager.post(f"{at}/goedkeuren", {"seen": 2, "reason": ""}).status_code == 303
        assert "Iedereen een baan" in page(visit(), at)
        assert "Iedereen een baan" in page(visit(), f"{AT}/ambities?wijk={world.area}")

    def test_what_was_typed_is_kept_and_what_is_wrong_is_said_on_top_with_a_link(self, world, visit):
        given = {**AMBITION, "area": world.area, "words": "", "satisfied_when": CANARY, "target": "veel"}
        answer = visit("residents").post(f"{AT}/ambities/nieuw", given)
        written = unescape(answer.content.decode())
        assert answer.status_code == 422
        assert CANARY in written
        assert 'value="veel"' in written
        assert 'href="#veld-words"' in written
        assert "Schrijf een getal als 12 of 12,5." in written
        assert 'aria-invalid="true"' in written
        assert not Ambition.objects.exists()

    def test_a_refusal_of_the_policy_stands_in_the_form(self, world, visit):
        resident = visit("residents")
        resident.post(f"{AT}/ambities/nieuw", {**AMBITION, "area": world.area, "satisfied_when": ""})
        at = f"{AT}/ambities/{Ambition.objects.get().key}/voorleggen"
        answer = resident.post(at, {"seen": 1, "reason": CANARY})
        assert answer.status_code == 409
        assert "Schrijf op wanneer jullie tevreden zijn" in answer.content.decode()
        assert CANARY in answer.content.decode()

    def test_the_second_of_two_sees_both_texts_and_overwrites_nothing(self, world, visit):
        resident = visit("residents")
        resident.post(f"{AT}/ambities/nieuw", {**AMBITION, "area": world.area})
        at = f"{AT}/ambities/{Ambition.objects.get().key}/wijzigen"
        visit("coordinator").post(at, {**AMBITION, "words": "Van de coördinator", "seen": 1})
        answer = resident.post(at, {**AMBITION, "words": "Van de bewoner", "seen": 1})
        written = unescape(answer.content.decode())
        assert answer.status_code == 409
        assert "Iemand anders was je voor" in written
        assert "Van de coördinator" in written
        assert "Van de bewoner" in written
        assert 'name="seen" value="2"' in written
        assert Ambition.objects.get().words == "Van de coördinator"
        assert resident.post(at, {**AMBITION, "words": "Samen", "seen": 2}).status_code == 303


class TestTheWayOfAnAgreement:
    """A draft, its items, signatures, and the next version."""

    def test_it_is_made_signed_published_and_made_anew_with_forms_only(self, world, visit, corporation, municipality):
        coordinator = visit("coordinator")
        coordinator.post(
            f"{AT}/afspraken/nieuw",
            {
                "area": world.area,
                "title": "Afspraak",
                "text": "",
                "valid_to": "",
                "partners": [corporation.key, municipality.key],
                "reason": "",
            },
        )
        one = Agreement.objects.get()
        at = f"{AT}/afspraken/{one.key}"
        item = {
            "what": "Veertig woningen",
            "partner": corporation.key,
            "budget_cents": "1.250.000,50",
            "budget_status": "committed",
            "due": "2020-06-01",
            "evidence_needed": "Rapport",
            "reason": "",
            "seen": 1,
        }
        assert coordinator.post(f"{at}/onderdeel", item).status_code == 303
        assert Item.objects.get().budget_cents == 125_000_050
        coordinator.post(f"{at}/voorleggen", {"seen": 1, "reason": ""})
        for who, partner in (("Woningbouw", corporation), ("Gemeente", municipality)):
            seen = fresh(one).version
            signed = visit(who).post(f"{at}/ondertekenen", {"seen": seen, "partner": partner.key, "reason": ""})
            assert signed.status_code == 303
        assert visit().get(at).status_code == 404
        visit("minister").post(f"{at}/publiceren", {"seen": fresh(one).version, "reason": ""})
        public = page(visit(), at)
        assert "€\N{NO-BREAK SPACE}1.250.000,50" in public
        assert "dagen te laat" in public
        key = Item.objects.get().key
        said = {f"wat_{key}": "no_result", f"waarom_{key}": "Niemand kwam", f"datum_{key}": ""}
        missing = coordinator.post(
            f"{at}/opnieuw", {**said, f"waarom_{key}": "", "reason": "x", "seen": fresh(one).version}
        )
        assert missing.status_code == 422
        assert "Schrijf op waarom dit verandert." in missing.content.decode()
        made = coordinator.post(f"{at}/opnieuw", {**said, "reason": "Anders", "seen": fresh(one).version})
        assert made.status_code == 303
        second = Agreement.objects.get(number=2)
        draft = page(coordinator, f"{AT}/afspraken/{second.key}")
        assert "Niemand kwam" in draft
        assert "Het geld van beide versies" in draft
        hidden = page(visit(), at)
        assert second.key not in hidden
        assert "nieuwere versie" not in hidden

    def test_nobody_signs_for_others_through_the_form(self, world, visit, corporation, municipality):
        one = fresh(world.agreement(corporation, municipality))
        agreements.submit(one, by=world["coordinator"], reason="", seen=one.version)
        at = f"{AT}/afspraken/{one.key}/ondertekenen"
        browser = visit("Woningbouw")
        assert municipality.key not in page(browser, at)
        answer = browser.post(at, {"seen": fresh(one).version, "partner": municipality.key})
        assert answer.status_code == 422
        assert not one.signatures.exists()

    def test_reported_stands_beside_found(self, world, visit, corporation, municipality):
        item = world.published(corporation, municipality).items.get(partner=corporation)
        at = f"{AT}/onderdelen/{item.key}"
        given = {
            "status": "kept",
            "text": "Alles is af",
            "spent_cents": "",
            "evidence": "",
            "reason": "",
            "seen": item.version,
        }
        assert visit("Woningbouw").post(f"{at}/melden", given).status_code == 303
        found = {"status": "partly", "text": "Tien van de veertig", "reason": "", "seen": fresh(item).version}
        assert visit("reviewer").post(f"{at}/vaststellen", found).status_code == 303
        written = page(visit(), at)
        assert written.index("Gemeld door de partij zelf") < written.index("Alles is af") < written.index("Vastgesteld")
        assert "Tien van de veertig" in written
        assert "Bewijs: geen" in written
        assert fresh(item).state == "partly"


class TestMeasures:
    """What is done where, and the carousel."""

    def test_a_measure_is_written_approved_checked_and_ended_with_forms_only(self, world, visit, corporation):
        given = {
            "area": world.area,
            "name": "Werkplaats",
            "aim": "Jongeren aan werk helpen",
            "mechanism": "Leren door doen",
            "theme": "werken",
            "lag": "2",
            "started": "2024-02-01",
            "cost_cents": "5000",
            "partner": corporation.key,
            "reason": "",
        }
        coordinator = visit("coordinator")
        assert coordinator.post(f"{AT}/maatregelen/nieuw", given).status_code == 303
        one = Measure.objects.get()
        at = f"{AT}/maatregelen/{one.key}"
        assert visit().get(at).status_code == 404
        visit("manager").post(f"{at}/goedkeuren", {"seen": 1, "reason": ""})
        output = {"year": "2025", "what": "Trajecten", "quantity": "12,5", "unit": "jongeren", "source": "Register"}
        assert visit("Woningbouw").post(f"{at}/opbrengst", {**output, "seen": 2}).status_code == 303
        assert "nog niet nagekeken" in page(visit(), at)
        made = one.outputs.get()
        assert visit("reviewer").post(f"{at}/nakijken", {"output": made.pk, "seen": 3}).status_code == 303
        end = {"end_class": "completed", "on": "2026-01-01", "secured_at": "", "evaluated_by": "", "seen": 4}
        assert coordinator.post(f"{at}/beeindigen", {**end, "reason": ""}).status_code == 422
        assert coordinator.post(f"{at}/beeindigen", {**end, "reason": "Klaar"}).status_code == 303
        written = page(visit(), at)
        assert "Niemand heeft onderzocht of de maatregel werkte." in written
        assert "afgerond" in written

    def test_the_carousel_is_for_who_works_there(self, world, visit, corporation):
        one = world.running(corporation, name="Eerste naam")
        measures.end(one, "completed", by=world["manager"], reason="x", seen=one.version, on=date(2025, 1, 1))
        world.running(corporation, name="Tweede naam", started=date(2025, 6, 1))
        assert visit().get(f"{AT}/maatregelen/draaimolen").status_code == 404
        written = page(visit("manager"), f"{AT}/maatregelen/draaimolen")
        assert "Eerste naam" in written
        assert "Tweede naam" in written


class TestWhatIsHidden:
    """Not even that it is there."""

    @pytest.fixture
    def drafts(self, world, corporation, municipality):
        ambition = Ambition.objects.create(
            **world.place, theme="werken", words=CANARY, satisfied_when=CANARY, author=world["residents"]
        )
        agreement = world.agreement(corporation, municipality)
        Agreement.objects.filter(pk=agreement.pk).update(title=CANARY)
        Item.objects.update(what=CANARY)
        measure = world.measure(corporation, name=CANARY)
        return {
            "ambities": ambition,
            "afspraken": agreement,
            "onderdelen": agreement.items.first(),
            "maatregelen": measure,
            "partners": corporation,
        }

    @pytest.mark.parametrize("slug", ["ambities", "afspraken", "onderdelen", "maatregelen", "partners"])
    @pytest.mark.parametrize("who", [None, "reader", "administrator"])
    def test_a_draft_is_like_what_is_not_there(self, visit, drafts, slug, who):
        browser = visit(who)
        hidden = browser.get(f"{AT}/{slug}/{drafts[slug].key}")
        missing = browser.get(f"{AT}/{slug}/{'0' * 16}")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content.replace(drafts[slug].key.encode(), b"0" * 16) == missing.content
        assert CANARY not in page(browser, f"{AT}/{slug}")
        assert browser.get(f"{AT}/{slug}/{drafts[slug].key}/wijzigen").status_code == 404
        assert browser.post(f"{AT}/{slug}/{drafts[slug].key}/wijzigen", {"seen": 1}).status_code in {403, 404}

    @pytest.mark.parametrize("slug", ["ambities", "afspraken", "onderdelen", "maatregelen"])
    def test_who_may_read_drafts_finds_them(self, visit, drafts, slug):
        assert CANARY in page(visit("auditor"), f"{AT}/{slug}")
        assert CANARY in page(visit("auditor"), f"{AT}/{slug}/{drafts[slug].key}")

    @pytest.mark.parametrize("slug", ["ambities", "afspraken", "onderdelen", "maatregelen"])
    def test_who_only_reads_finds_no_button_and_gets_no_form(self, visit, drafts, slug):
        at = f"{AT}/{slug}/{drafts[slug].key}"
        assert f"{at}/wijzigen" not in page(visit("auditor"), at)
        assert visit("auditor").get(f"{at}/wijzigen").status_code == 403

    def test_a_page_of_who_is_logged_in_is_kept_nowhere(self, visit, drafts):
        for slug, thing in drafts.items():
            answer = visit("auditor").get(f"{AT}/{slug}/{thing.key}")
            assert "no-store" in answer.headers["Cache-Control"]
            assert "public" not in answer.headers["Cache-Control"]

    def test_one_question_to_the_database_answers_as_the_table_does(self, world, drafts):
        people = [None, *(world[role] for role in Role), world["Woningbouw"], world["Gemeente"]]
        people += [world.somebody("coordinator", area="", city="GM0000"), world.somebody("manager", area="", city="")]
        for model in (Ambition, Agreement, Item, Measure, Partner):
            for by in people:
                one_by_one = {thing.pk for thing in model.objects.all() if is_visible(thing, by)}
                assert set(visible(model, world.programme, by).values_list("pk", flat=True)) == one_by_one

    def test_no_name_of_a_person_is_on_a_public_page(self, world, visit, corporation, municipality):
        item = world.published(corporation, municipality).items.first()
        for at in (f"{AT}/afspraken/{item.agreement.key}", f"{AT}/onderdelen/{item.key}", f"{AT}/onderdelen"):
            written = page(visit(), at)
            assert not re.search("Naam van (?!je wijk)", written)
            assert "@voorbeeld" not in written


@pytest.mark.parametrize("at", ["ambities", "afspraken", "onderdelen", "maatregelen", "partners"])
def test_every_list_is_there_in_english_and_empty_says_so(visit, at):
    assert "None" not in page(visit(), f"/en{AT}/{at}")
    assert page(visit(), f"{AT}/{at}")


def test_a_programme_that_is_not_there_is_not_found(visit):
    assert visit().get("/programma/anders/ambities").status_code == 404


def test_an_ambition_that_the_edition_no_longer_knows_the_theme_of_is_still_shown(world, visit):
    one = Ambition.objects.create(
        **world.place, theme="verdwenen", words="Oud", satisfied_when="x", author=world["residents"], state="approved"
    )
    assert "verdwenen" in page(visit(), f"{AT}/ambities/{one.key}")


def test_a_form_that_comes_from_elsewhere_is_refused(world, signed_in):
    browser = signed_in(world["residents"])
    browser.handler.enforce_csrf_checks = True
    assert browser.post(f"{AT}/ambities/nieuw", {**AMBITION, "area": world.area}).status_code == 403
    assert not Ambition.objects.exists()


def test_every_form_opens_with_what_is_there_and_carries_a_token(world, visit, corporation, municipality):
    one = fresh(world.agreement(corporation, municipality))
    measure = fresh(world.measure(corporation, cost_cents=150_050))
    browser = visit("coordinator")
    for at in (f"afspraken/{one.key}/wijzigen", f"onderdelen/{one.items.first().key}/wijzigen"):
        written = page(browser, f"{AT}/{at}")
        assert "csrfmiddlewaretoken" in written
        assert 'name="seen"' in written
    assert 'value="1500,50"' in page(browser, f"{AT}/maatregelen/{measure.key}/wijzigen")
    assert "Afspraak voor de wijk" in page(browser, f"{AT}/afspraken/{one.key}/wijzigen")


def test_a_change_of_an_item_keeps_what_the_form_opened_with(world, visit, corporation, municipality):
    item = world.agreement(corporation, municipality).items.first()
    browser, at = visit("coordinator"), f"{AT}/onderdelen/{item.key}/wijzigen"
    fields = browser.get(at).content.decode()
    assert f'value="{corporation.key}" selected' in fields
    given = {
        "what": item.what,
        "partner": corporation.key,
        "supporting": [municipality.key],
        "budget_cents": "",
        "budget_status": "",
        "due": "2028-02-29",
        "evidence_needed": "x",
        "seen": item.version,
    }
    assert browser.post(at, given).status_code == 303
    now = fresh(item)
    assert (now.budget_cents, now.due, now.supporting.get()) == (None, date(2028, 2, 29), municipality)


def test_an_amount_that_is_none_is_refused_with_an_example(world, visit, corporation, municipality):
    item = world.agreement(corporation, municipality).items.first()
    for typed in ("1,2,3", "12.5", "duizend", "-5", "=1+1", "1" * 29):
        answer = visit("coordinator").post(
            f"{AT}/onderdelen/{item.key}/wijzigen", {"budget_cents": typed, "seen": item.version}
        )
        assert answer.status_code == 422
        assert f'value="{typed}"' in unescape(answer.content.decode())
    assert fresh(item).budget_cents == 100_000


@pytest.mark.parametrize("many", [3, 30])
def test_more_items_are_no_more_questions_to_the_database(
    world, visit, corporation, municipality, many, django_assert_max_num_queries
):
    one = world.published(corporation, municipality, amounts=(1,) * many)
    browser = visit("auditor")
    with django_assert_max_num_queries(26):
        page(browser, f"{AT}/afspraken/{one.key}")
    with django_assert_max_num_queries(16):
        page(browser, f"{AT}/onderdelen")
