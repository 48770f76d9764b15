"""Agreements and measures for a whole city or a whole programme: who may make them, and where they are seen."""

from datetime import date
from html import unescape

import pytest

from wijkpeil.publication import Shelf
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.programmes import agreements, ambitions, measures
from wijkpeil.web.programmes.acting import ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.programmes.carousel import Known, repeats
from wijkpeil.web.programmes.dashboard import dashboard
from wijkpeil.web.programmes.dossier import dossier
from wijkpeil.web.programmes.models import Agreement, Ambition, Measure, Partner

AT, TODAY = "/programma/wijkaanpak", date(2028, 1, 1)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


@pytest.fixture
def both(world):
    """Give two neighbourhoods of one city of the example, the first of which is the world's."""
    return world.area, f"{world.area}-zuid"


@pytest.fixture
def in_city(world, corporation, municipality):
    """Publish an agreement for the whole city, by people who reach that far."""
    everywhere = {"area": ""}
    world.people |= {
        "coordinator": world.somebody(Role.COORDINATOR, **everywhere),
        "minister": world.somebody(Role.MINISTER, area="", city=""),
        corporation.name: world.somebody(Role.PARTNER, corporation, **everywhere),
        municipality.name: world.somebody(Role.PARTNER, municipality, **everywhere),
    }
    area, world.area = world.area, ""
    draft = world.agreement(corporation, municipality)
    draft.items.update(budget_status="committed")
    made = world.publish(draft)
    world.area = area
    return made


@pytest.mark.parametrize("wide", ["city", "programme"])
def test_who_works_in_one_neighbourhood_writes_nothing_for_more_than_that(world, corporation, municipality, wide):
    by = world["coordinator"]
    place = {"programme": world.programme, "city": world.city if wide == "city" else ""}
    with pytest.raises(HiddenError):
        agreements.add(Agreement(**place, title="t"), [corporation, municipality], by=by)
    with pytest.raises(HiddenError):
        measures.add(Measure(**place, name="n", partner=corporation, started=TODAY), by=by)
    with pytest.raises(HiddenError):
        ambitions.add(Ambition(**place, theme="werken", words="w"), by=by)
    assert not any(model.objects.exists() for model in (Agreement, Measure, Ambition))


def test_who_signs_for_a_party_in_one_neighbourhood_does_not_sign_for_the_city(world, in_city, corporation):
    draft = fresh(
        agreements.add(
            Agreement(programme=world.programme, city=world.city, title="t"),
            list(in_city.partners.all()),
            by=world["coordinator"],
        )
    )
    world.item(draft, corporation)
    agreements.submit(fresh(draft), by=world["coordinator"], reason="", seen=fresh(draft).version)
    local = world.somebody(Role.PARTNER, corporation)
    with pytest.raises((ForbiddenError, HiddenError)):
        agreements.sign(fresh(draft), corporation, by=local, seen=fresh(draft).version)


def test_for_the_whole_programme_only_parties_of_the_whole_programme_agree(world, corporation, municipality):
    by = world.somebody(Role.COORDINATOR, area="", city="")
    with pytest.raises(NotNowError, match="hele programma"):
        agreements.add(Agreement(programme=world.programme, title="t"), [corporation, municipality], by=by)
    state = Partner.objects.create(programme=world.programme, name="Rijk", kind="state", author=by)
    union = Partner.objects.create(programme=world.programme, name="Aedes", kind="other", author=by)
    assert agreements.add(Agreement(programme=world.programme, title="t"), [state, union], by=by).pk


def test_a_measure_in_a_neighbourhood_can_be_part_of_an_agreement_of_its_city_or_programme(world, in_city, corporation):
    item = in_city.items.first()
    assert world.measure(corporation, item=item).pk
    item.city = ""
    assert world.measure(corporation, item=item).pk
    item.city = "GM0000"
    with pytest.raises(NotNowError, match="deze stad"):
        world.measure(corporation, item=item)


def test_every_dossier_of_the_city_shows_it_and_says_how_far_it_reaches(world, in_city, both):
    for area in both:
        told = dossier(world.programme, world.city, area, by=None, today=TODAY)
        assert [one.reach for one in told.entries if one.key == in_city.key] == ["city"]
        assert {one.reach for one in told.open_ends} == {"city"}
    assert not dossier(world.programme, "GM0000", "elders", by=None, today=TODAY).entries
    Agreement.objects.create(programme=world.programme, title="t", state="published", author=world["coordinator"])
    told = dossier(world.programme, "GM0000", "elders", by=None, today=TODAY)
    assert [one.reach for one in told.entries] == ["programme"]


def test_the_dashboard_counts_it_once_however_many_neighbourhoods_there_are(world, in_city, both):
    found = dashboard(world.programme, dict.fromkeys(both, world.city), by=None, today=TODAY)
    assert (found.count_late_items, found.money.committed) == (2, 150_000)


def test_the_same_aim_in_two_whole_cities_is_no_carousel():
    one = {"key": "a", "name": "Oud", "aim": "jongeren begeleiden naar werk", "area": "", "started": date(2020, 1, 1)}
    before = Known(**one, ended=date(2021, 1, 1), city="GM1")
    after = {**one, "name": "Nieuw", "started": date(2021, 6, 1)}
    assert not repeats([before, Known(**after, city="GM2")])
    assert repeats([before, Known(**after, city="GM1")])


class TestAtTheDesk:
    """What the form offers, and what readers see."""

    @pytest.fixture(autouse=True)
    def real_place(self, world, example_shelf):
        programme = Shelf(example_shelf).open("voorbeeld").policy.programme["wijkaanpak"]
        first = programme.neighbourhoods[0]
        world.area, world.city = programme.code_of(first), first.gemeente

    def test_the_form_offers_a_whole_city_to_who_reaches_it_and_the_dossier_says_so(self, world, signed_in, visitor):
        given = {"theme": "werken", "words": "Werk voor elke wijk", "satisfied_when": "Als"}
        local = signed_in(world["coordinator"])
        assert f'value="{world.city}"' not in local.get(f"{AT}/ambities/nieuw").content.decode()
        assert local.post(f"{AT}/ambities/nieuw", {**given, "area": world.city}).status_code == 422
        wide = signed_in(world.somebody(Role.COORDINATOR, area=""))
        offered = unescape(wide.get(f"{AT}/ambities/nieuw").content.decode())
        assert "De hele stad" in offered
        assert "Het hele programma" not in offered
        assert wide.post(f"{AT}/ambities/nieuw", {**given, "area": "programma"}).status_code == 422
        assert wide.post(f"{AT}/ambities/nieuw", {**given, "area": world.city}).status_code == 303
        whole = signed_in(world.somebody(Role.COORDINATOR, area="", city=""))
        assert whole.post(f"{AT}/ambities/nieuw", {**given, "area": "programma"}).status_code == 303
        made = Ambition.objects.order_by("pk")
        assert [(one.city, one.area) for one in made] == [(world.city, ""), ("", "")]
        made.update(state="approved")
        seen = unescape(visitor.get(f"{AT}/wijk/{world.area}").content.decode())
        assert "voor de hele stad" in seen
        assert "voor het hele programma" in seen
        listed = visitor.get(f"{AT}/ambities?wijk={world.area}").content.decode()
        assert all(one.key in listed for one in made)

    def test_a_partner_can_take_part_in_the_whole_programme(self, world, signed_in):
        local, whole = signed_in(world["manager"]), signed_in(world.somebody(Role.MANAGER, area="", city=""))
        given = {"name": "Rijk", "kind": "state", "city": "programma"}
        assert local.post(f"{AT}/partners/nieuw", given).status_code == 422
        assert whole.post(f"{AT}/partners/nieuw", given).status_code == 303
        assert Partner.objects.get().city == ""


def test_an_address_that_no_database_can_ask_for_is_not_there(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        for at in ("maatregelen/a%00", "invoer/%00", "afspraken/a/bijlage/%00", "wijk/%00/feed.atom"):
            assert client.get(f"/programma/wijkaanpak/{at}").status_code == 404

    def test_every_page_of_a_thing_for_a_whole_city_or_programme_opens(self, world, visitor, corporation):
        author = world["manager"]
        for city in (world.city, ""):
            place = {"programme": world.programme, "city": city, "author": author}
            given = {"aim": "a", "mechanism": "m", "theme": "werken", "indicators": ["bijstand"], "started": TODAY}
            made = {
                "ambities": Ambition.objects.create(**place, theme="werken", words="w", state="approved"),
                "afspraken": Agreement.objects.create(**place, title="t", state="published"),
                "maatregelen": Measure.objects.create(
                    **place, **given, name="n", partner=corporation, state="approved"
                ),
            }
            for slug, thing in made.items():
                answer = visitor.get(f"{AT}/{slug}/{thing.key}")
                assert answer.status_code == 200, (slug, city)
                assert visitor.get(f"/en{AT}/{slug}").status_code == 200
