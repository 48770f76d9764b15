"""What forms say of what was filled in wrong: in our words, at the field and on top, with everything that was typed."""

import re
from html import unescape

import pytest
from django import forms
from django.utils.translation import override

from wijkpeil.publication import Shelf
from wijkpeil.web.accounts.asking import Giving
from wijkpeil.web.accounts.forms import Passkey
from wijkpeil.web.accounts.permissions import Place
from wijkpeil.web.accounts.places import Spot
from wijkpeil.web.design.mending import day, mend_all
from wijkpeil.web.programmes import agreements
from wijkpeil.web.programmes.desk_urls import SECTIONS
from wijkpeil.web.programmes.models import Ambition, Item
from wijkpeil.web.programmes.steering_urls import STEERED

AT = "/programma/wijkaanpak"
DJANGO = re.compile(r"Dit veld|This field|Selecteer een|Select a valid|Voer een|Enter a|Zorg ervoor|Ensure th")
"""How Django itself begins what it says."""


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


class Everything(forms.Form):
    """A field of every kind."""

    line = forms.CharField(max_length=3, min_length=2)
    mail = forms.EmailField(required=False)
    at = forms.URLField(required=False, assume_scheme="https")
    number = forms.IntegerField(min_value=2, max_value=3)
    on = day("Op")
    one = forms.ChoiceField(choices=[("a", "A")])
    some = forms.MultipleChoiceField(choices=[("a", "A")])
    agreed = forms.BooleanField()
    file = forms.FileField()
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments, **parts):
        super().__init__(*arguments, **parts)
        mend_all(self)


WRONG = (
    {},
    {"line": "x", "mail": "nee", "at": "geen adres", "number": "1", "on": "31-02-2027", "one": "z", "some": ["z"]},
    {"line": "te lang", "number": "9", "on": "morgen", "some": "z", "seen": "veel"},
    {"line": "\x00\x00", "number": "drie", "mail": "x" * 400, "on": "2027-13-01"},
)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("typed", WRONG)
def test_every_kind_of_field_says_how_to_mend_it_in_our_words(language, typed):
    with override(language):
        said = [str(text) for texts in Everything(typed).errors.values() for text in texts]
    assert said
    assert not [one for one in said if DJANGO.search(one) or "%(" in one], said


@pytest.mark.parametrize("typed", ["31-12-2027", "2027-12-31", "31/12/2027", "31.12.2027", "31 12 2027"])
def test_a_date_may_be_typed_as_people_write_it(typed):
    assert day("Op").clean(typed).isoformat() == "2027-12-31"


def test_a_field_keeps_the_words_that_it_was_given():
    form = Everything()
    form.fields["own"] = forms.CharField(error_messages={"required": "Schrijf op hoe het heet."})
    mend_all(form)
    assert form.fields["own"].error_messages["required"] == "Schrijf op hoe het heet."


def test_roles_and_factors_are_asked_in_our_words_too(world):
    spots = [Spot(place=Place(programme="p"), name="P")]
    with override("nl"):
        given = Giving({"email": "nee", "role": "koning", "until": "gisteren"}, spots=spots, parties=[])
        said = [str(text) for texts in given.errors.values() for text in texts]
        assert not [one for one in said if DJANGO.search(one)], said
        assert str(Passkey(user=world["reader"], data={}).fields["name"].error_messages["required"]) == "Vul dit in."


class TestAtTheDesk:
    """Over HTTP, of every kind of thing."""

    @pytest.fixture(autouse=True)
    def real_place(self, world, example_shelf):
        programme = Shelf(example_shelf).open("voorbeeld").policy.programme["wijkaanpak"]
        first = programme.neighbourhoods[0]
        world.area, world.city = programme.code_of(first), first.gemeente

    @pytest.fixture
    def everybody(self, world, signed_in):
        """Somebody who may add every kind of thing, which nobody may in earnest."""
        from wijkpeil.web.accounts.models import Grant

        account = world["coordinator"]
        for role in ("manager", "minister", "reviewer"):
            Grant.objects.create(account=account, role=role, **world.place)
        return signed_in(account)

    def test_an_empty_form_of_every_kind_is_mended_in_dutch_and_english(self, everybody):
        tried = 0
        for section in (*SECTIONS, *STEERED):
            if section.adding is None:
                continue
            for prefix in ("", "/en"):
                answer = everybody.post(f"{prefix}{AT}/{section.slug}/nieuw", {})
                written = unescape(answer.content.decode())
                assert answer.status_code == 422, section.slug
                assert not DJANGO.search(written), (section.slug, DJANGO.search(written))
                summary = written[written.index('id="te-verbeteren"') :].split("</ul>")[0]
                targets = re.findall(r'href="#([^"]+)"', summary)
                assert targets
                assert all(f'id="{one}"' in written for one in targets), (section.slug, targets)
                tried += 1
        assert tried > 15

    def test_what_was_typed_stays_also_a_date_that_does_not_exist(self, world, everybody, corporation, municipality):
        item = world.agreement(corporation, municipality).items.first()
        typed = {"what": "Tekst die blijft", "due": "31-02-2027", "budget_cents": "veel", "seen": item.version}
        answer = everybody.post(f"{AT}/onderdelen/{item.key}/wijzigen", typed)
        written = unescape(answer.content.decode())
        assert answer.status_code == 422
        for kept in ("Tekst die blijft", 'value="31-02-2027"', 'value="veel"', "Schrijf een datum als 31-12-2027."):
            assert kept in written
        assert 'href="#veld-due"' in written

    def test_the_second_of_two_sees_only_what_differs_however_it_was_typed(
        self, world, signed_in, corporation, municipality
    ):
        one = fresh(world.agreement(corporation, municipality))
        parties = [corporation.key, municipality.key]
        browser, at = signed_in(world["coordinator"]), f"{AT}/afspraken/{one.key}/wijzigen"
        given = {"title": "Van de een", "text": "Kort", "valid_to": "31-12-2030", "partners": parties, "reason": ""}
        assert browser.post(at, {**given, "seen": one.version}).status_code == 303
        late = {**given, "title": "Van de ander", "valid_to": "2030-12-31", "seen": one.version}
        answer = browser.post(at, late)
        written = unescape(answer.content.decode())
        assert answer.status_code == 409
        beside = written[written.index('class="meanwhile"') :].split("</dl>")[0]
        assert "Van de een" in beside
        assert "Van de ander" in beside
        assert "2030" not in beside, "the same day, written otherwise, is no difference"
        assert 'value="Van de ander"' in written
        assert fresh(one).title == "Van de een"
        now = re.search(r'name="seen" value="(\d+)"', written)[1]
        assert browser.post(at, {**late, "seen": now}).status_code == 303
        assert fresh(one).title == "Van de ander"

    def test_who_signs_what_changed_meanwhile_signs_nothing(self, world, signed_in, corporation, municipality):
        one = fresh(world.agreement(corporation, municipality))
        agreements.submit(one, by=world["coordinator"], reason="", seen=one.version)
        seen = fresh(one).version
        agreements.change(fresh(one), {"title": "Anders"}, by=world["coordinator"], reason="", seen=seen)
        agreements.submit(fresh(one), by=world["coordinator"], reason="", seen=fresh(one).version)
        answer = signed_in(world["Woningbouw"]).post(
            f"{AT}/afspraken/{one.key}/ondertekenen", {"partner": corporation.key, "seen": seen}
        )
        assert answer.status_code == 409
        assert "Bekijk eerst hoe het er nu voor staat." in unescape(answer.content.decode())
        assert not one.signatures.exists()
        assert Item.objects.filter(state="agreed").count() == Ambition.objects.count() == 0
