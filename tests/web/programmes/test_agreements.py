"""A version that parties signed never changes; the next one says of every item what became of it, and adds up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.web.accounts.models import Grant
from wijkpeil.web.programmes import agreements, items
from wijkpeil.web.programmes.acting import ChangedMeanwhileError, ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.programmes.agreements import Treatment
from wijkpeil.web.programmes.budgets import Total, bridge, total
from wijkpeil.web.programmes.models import Agreement, Item


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def wording(agreement):
    """Everything that parties put their names under."""
    whole = fresh(agreement)
    said = [
        (one.what, one.partner_id, one.budget_cents, one.due, one.evidence_needed, one.reason_class, one.why)
        for one in whole.items.order_by("pk")
    ]
    return whole.title, whole.text, whole.valid_to, sorted(whole.parties), said


@pytest.fixture
def draft(world, corporation, municipality):
    return fresh(world.agreement(corporation, municipality))


@pytest.fixture
def published(world, corporation, municipality):
    return world.published(corporation, municipality)


class TestSigning:
    """From a draft to a version under which every party put its name."""

    def test_it_is_signed_when_the_last_party_signs_and_not_before(self, world, draft, corporation, municipality):
        agreements.submit(draft, by=world["coordinator"], reason="", seen=draft.version)
        one = fresh(draft)
        agreements.sign(one, corporation, by=world["Woningbouw"], seen=one.version)
        assert fresh(draft).state == "submitted"
        assert {item.state for item in draft.items.all()} == {"proposed"}
        two = fresh(draft)
        agreements.sign(two, municipality, by=world["Gemeente"], seen=two.version)
        assert fresh(draft).state == "signed"
        assert fresh(draft).signed_on is not None
        assert {item.state for item in draft.items.all()} == {"agreed"}

    def test_nobody_signs_for_another_party(self, world, draft, municipality):
        agreements.submit(draft, by=world["coordinator"], reason="", seen=draft.version)
        with pytest.raises(ForbiddenError):
            agreements.sign(fresh(draft), municipality, by=world["Woningbouw"], seen=fresh(draft).version)

    def test_the_ministry_signs_for_the_state_and_for_no_other_party(self, world, corporation):
        state = world.partner("Rijk", "state")
        draft = fresh(world.agreement(corporation, state))
        agreements.submit(draft, by=world["coordinator"], reason="", seen=draft.version)
        with pytest.raises(ForbiddenError):
            agreements.sign(fresh(draft), corporation, by=world["minister"], seen=fresh(draft).version)
        agreements.sign(fresh(draft), state, by=world["minister"], seen=fresh(draft).version)
        assert draft.signatures.get().partner == state

    def test_a_party_signs_once(self, world, draft, corporation):
        agreements.submit(draft, by=world["coordinator"], reason="", seen=draft.version)
        agreements.sign(fresh(draft), corporation, by=world["Woningbouw"], seen=fresh(draft).version)
        with pytest.raises(NotNowError, match="al ondertekend"):
            agreements.sign(fresh(draft), corporation, by=world["Woningbouw"], seen=fresh(draft).version)

    def test_one_person_does_not_sign_for_two_parties(self, world, draft, corporation, municipality):
        both = world["Woningbouw"]
        Grant.objects.create(account=both, role="partner", programme=world.programme, party=municipality.pk)
        agreements.submit(draft, by=world["coordinator"], reason="", seen=draft.version)
        agreements.sign(fresh(draft), corporation, by=world["Woningbouw"], seen=fresh(draft).version)
        with pytest.raises(NotNowError, match="andere partij"):
            agreements.sign(fresh(draft), municipality, by=world["Woningbouw"], seen=fresh(draft).version)

    def test_a_draft_is_not_signed(self, world, draft, corporation):
        with pytest.raises(NotNowError):
            agreements.sign(draft, corporation, by=world["Woningbouw"], seen=draft.version)

    def test_who_takes_no_part_does_not_even_see_it(self, world, draft):
        outsider = world.partner("Sportclub")
        with pytest.raises(HiddenError):
            agreements.sign(draft, outsider, by=world["Sportclub"], seen=draft.version)

    def test_a_change_before_the_last_signature_takes_all_signatures_back(self, world, draft, corporation):
        agreements.submit(draft, by=world["coordinator"], reason="", seen=draft.version)
        agreements.sign(fresh(draft), corporation, by=world["Woningbouw"], seen=fresh(draft).version)
        changed = fresh(draft)
        agreements.change(changed, {"title": "Anders"}, by=world["coordinator"], reason="", seen=changed.version)
        assert fresh(draft).state == "draft"
        assert not draft.signatures.exists()

    def test_nobody_signs_another_text_than_he_saw(self, world, draft, corporation):
        agreements.submit(draft, by=world["coordinator"], reason="", seen=draft.version)
        saw = fresh(draft)
        agreements.change(fresh(draft), {"title": "X"}, by=world["coordinator"], reason="", seen=saw.version)
        again = fresh(draft)
        agreements.submit(again, by=world["coordinator"], reason="", seen=again.version)
        with pytest.raises(ChangedMeanwhileError):
            agreements.sign(saw, corporation, by=world["Woningbouw"], seen=saw.version)


class TestWhatCannotBeLaidBeforeParties:
    """A draft lacks something."""

    def refused(self, world, agreement, match):
        with pytest.raises(NotNowError, match=match):
            agreements.submit(agreement, by=world["coordinator"], reason="", seen=agreement.version)
        assert fresh(agreement).state == "draft"

    def test_without_a_second_party(self, world, corporation):
        self.refused(world, fresh(world.agreement(corporation)), "twee partijen")

    def test_without_an_item(self, world, corporation, municipality):
        self.refused(world, fresh(world.agreement(corporation, municipality, amounts=())), "onderdeel")

    def test_with_an_item_of_who_does_not_sign(self, world, draft):
        world.item(draft, world.partner("Politie", "police"))
        self.refused(world, fresh(draft), "ook ondertekenen")

    def test_an_item_that_was_taken_out_does_not_count(self, world, corporation, municipality):
        agreement = world.agreement(corporation, municipality, amounts=(1,))
        [item] = agreement.items.all()
        items.drop(item, by=world["coordinator"], reason="", seen=item.version)
        self.refused(world, fresh(agreement), "onderdeel")

    def test_a_partner_of_another_city_takes_no_part(self, world, corporation):
        elsewhere = world.partner("Elders")
        type(elsewhere).objects.filter(pk=elsewhere.pk).update(city="GM9999")
        with pytest.raises(NotNowError, match="deze stad"):
            world.agreement(corporation, fresh(elsewhere))
        assert not Agreement.objects.exists()


class TestASignedVersion:
    """Nobody changes a word of it, in whatever way."""

    def test_its_text_does_not_change(self, world, published):
        before = wording(published)
        with pytest.raises(NotNowError):
            agreements.change(published, {"title": "X"}, by=world["coordinator"], reason="", seen=published.version)
        assert wording(published) == before

    def test_its_items_do_not_change_and_none_comes_or_goes(self, world, published, corporation):
        before, [item, *_] = wording(published), published.items.all()
        with pytest.raises(NotNowError):
            items.change(item, {"budget_cents": 1}, by=world["coordinator"], reason="", seen=item.version)
        with pytest.raises(NotNowError):
            world.item(published, corporation, 5)
        with pytest.raises(NotNowError):
            items.drop(fresh(item), by=world["coordinator"], reason="", seen=fresh(item).version)
        assert wording(published) == before

    def test_it_is_published_by_the_ministry_only(self, world, corporation, municipality):
        signed = world.sign(world.agreement(corporation, municipality))
        with pytest.raises(ForbiddenError):
            agreements.publish(signed, by=world["coordinator"], reason="", seen=signed.version)
        assert not fresh(signed).is_public

    @pytest.mark.parametrize("wrote", [items.add, items.change, items.drop])
    def test_who_wrote_in_one_of_its_items_does_not_publish_it_and_another_does(
        self, world, corporation, municipality, wrote
    ):
        draft = world.agreement(corporation, municipality)
        both = world.somebody("minister")
        Grant.objects.create(account=both, role="coordinator", **world.place)
        both = fresh(both)
        item = draft.items.order_by("-pk").first()
        if wrote is items.add:
            more = Item(agreement=draft, what="Nog iets", partner=corporation, budget_cents=7, due=date(2027, 1, 1))
            items.add(more, by=both)
        elif wrote is items.change:
            items.change(item, {"budget_cents": 1}, by=both, reason="", seen=item.version)
        else:
            items.drop(item, by=both, reason="", seen=item.version)
        signed = world.sign(draft)
        with pytest.raises(NotNowError, match="zelf hebt gemaakt"):
            agreements.publish(signed, by=fresh(both), reason="", seen=signed.version)
        assert not fresh(signed).is_public
        again = fresh(signed)
        agreements.publish(again, by=world["minister"], reason="", seen=again.version)
        assert fresh(signed).is_public

    def test_a_party_signs_what_it_helped_to_write(self, world, draft, corporation):
        Grant.objects.create(account=world["Woningbouw"], role="coordinator", **world.place)
        agreements.change(draft, {"title": "Onze"}, by=world["Woningbouw"], reason="", seen=draft.version)
        agreements.submit(draft, by=world["coordinator"], reason="", seen=draft.version)
        agreements.sign(fresh(draft), corporation, by=world["Woningbouw"], seen=fresh(draft).version)
        assert draft.signatures.get().by == world["Woningbouw"]

    def test_what_was_not_signed_by_all_is_not_published(self, world, draft):
        with pytest.raises(NotNowError):
            agreements.publish(draft, by=world["minister"], reason="", seen=draft.version)


class TestRenegotiating:
    """The next version."""

    def next(self, world, old, **outcomes):
        """Make the next version; an outcome per item in order, what is not named goes on."""
        said = list(outcomes.values())
        treatments = {
            item.key: said[place] if place < len(said) else Treatment()
            for place, item in enumerate(old.items.filter(state__in=["agreed", "underway", "late"]).order_by("pk"))
        }
        return agreements.renegotiate(
            old, treatments, by=world["coordinator"], reason="Het geld is op", seen=old.version
        )

    def test_it_says_what_stopped_and_why_and_the_old_version_stays_readable(self, world, published):
        before = wording(published)
        stopped = Treatment(reason_class="no_result", why="Niemand kwam")
        new = world.publish(self.next(world, published, first=stopped))
        assert fresh(published).state == "replaced"
        assert fresh(published).is_public
        assert wording(published) == before
        over, going_on = new.items.order_by("pk")
        assert (over.state, over.why, over.budget_cents) == ("stopped", "Niemand kwam", 0)
        assert going_on.state == "agreed"
        old_over, old_on = published.items.order_by("pk")
        assert (old_over.state, old_over.ended_because) == ("stopped", "Niemand kwam")
        assert old_on.state == "revised"
        assert agreements.chain(new) == [published, new]

    def test_what_was_found_of_an_item_before_the_new_version_came_stays_found(self, world, published):
        new = world.sign(self.next(world, published))
        item = published.items.first()
        items.find(item, "kept", "Alles staat er", by=world["reviewer"], seen=item.version)
        agreements.publish(new, by=world["minister"], reason="", seen=new.version)
        assert [one.state for one in published.items.order_by("pk")] == ["kept", "revised"]

    def test_until_it_is_published_the_old_version_holds(self, world, published):
        new = world.sign(self.next(world, published))
        assert fresh(published).state == "published"
        assert not new.is_public

    def test_the_budgets_of_both_versions_add_up(self, world, published, corporation):
        new = self.next(
            world,
            published,
            first=Treatment(reason_class="secured", why="De gemeente doet het voortaan zelf"),
            second=Treatment(reason_class="revised", why="Duurder"),
        )
        dearer = new.items.get(reason_class="revised")
        items.change(dearer, {"budget_cents": 70_000}, by=world["coordinator"], reason="", seen=dearer.version)
        world.item(new, corporation, 5_000)
        found = bridge(published.items.all(), new.items.all())
        assert found.before == Total(cents=150_000, unknown=0)
        assert (found.finished, found.released, found.changed, found.added) == (0, -100_000, 20_000, 5_000)
        assert found.after == Total(cents=75_000, unknown=0)

    @pytest.mark.parametrize("reason_class", ["no_result", "secured", "postponed", "revised", "completed"])
    def test_nothing_changes_without_a_reason(self, world, published, reason_class):
        without = Treatment(reason_class=reason_class, due=date(2028, 1, 1))
        with pytest.raises(NotNowError, match="waarom"):
            self.next(world, published, first=without)
        assert Agreement.objects.count() == 1

    def test_what_is_postponed_gets_a_later_date(self, world, published):
        with pytest.raises(NotNowError, match="latere datum"):
            self.next(world, published, first=Treatment(reason_class="postponed", why="Vertraging"))
        later = Treatment(reason_class="postponed", why="Vertraging", due=date(2028, 1, 1))
        assert self.next(world, fresh(published), first=later).items.first().due == date(2028, 1, 1)

    def test_no_open_item_is_passed_over(self, world, published):
        with pytest.raises(NotNowError, match="elk onderdeel"):
            agreements.renegotiate(published, {}, by=world["coordinator"], reason="x", seen=published.version)

    def test_it_needs_a_reason_itself(self, world, published):
        with pytest.raises(NotNowError, match="waarom"):
            agreements.renegotiate(published, {}, by=world["coordinator"], reason=" ", seen=published.version)

    def test_an_item_that_quietly_became_something_else_is_not_laid_before_parties(self, world, published):
        new = self.next(world, published)
        item = new.items.first()
        items.change(item, {"budget_cents": 1}, by=world["coordinator"], reason="", seen=item.version)
        with pytest.raises(NotNowError, match="anders dan in de vorige versie"):
            agreements.submit(new, by=world["coordinator"], reason="", seen=fresh(new).version)

    def test_an_item_of_before_is_not_just_taken_out(self, world, published):
        item = self.next(world, published).items.first()
        with pytest.raises(NotNowError, match="vorige versie"):
            items.drop(item, by=world["coordinator"], reason="", seen=item.version)

    def test_there_is_one_next_version_at_a_time(self, world, published):
        self.next(world, published)
        with pytest.raises(NotNowError, match="al aan een nieuwe versie"):
            self.next(world, fresh(published))

    def test_only_what_holds_is_made_anew(self, world, draft):
        with pytest.raises(NotNowError, match="gepubliceerd"):
            self.next(world, draft)

    def test_who_saw_an_older_state_is_told(self, world, published):
        with pytest.raises(ChangedMeanwhileError):
            agreements.renegotiate(published, {}, by=world["coordinator"], reason="x", seen=published.version - 1)


@given(
    st.lists(st.tuples(st.none() | st.integers(0, 10**9), st.sampled_from(["", "over", "gone", "new"])), max_size=8),
    st.data(),
)
def test_two_versions_add_up_whatever_happened_to_their_items(said, data):
    old, new = [], []
    for number, (cents, what) in enumerate(said):
        if what == "new":
            new.append(Item(pk=1000 + number, budget_cents=cents))
            continue
        old.append(Item(pk=number, budget_cents=cents))
        if what == "over":
            new.append(Item(pk=1000 + number, follows_id=number, reason_class="no_result", budget_cents=0))
        elif what == "":
            now = data.draw(st.none() | st.integers(0, 10**9))
            new.append(Item(pk=1000 + number, follows_id=number, budget_cents=now))
    found = bridge(old, new)
    assert found.before.cents + found.finished + found.released + found.changed + found.added == found.after.cents
    assert found.finished <= 0
    assert found.released <= 0
    assert found.after == total(new)
