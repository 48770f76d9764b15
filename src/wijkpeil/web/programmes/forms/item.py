"""The forms of items: who does what, what is reported, what is found, and how it ends."""

from wijkpeil.portrayal.language import mark
from wijkpeil.web.design.mending import day
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.forms.agreement import PartnersField, partner_field
from wijkpeil.web.programmes.forms.attachment import ask_for_file
from wijkpeil.web.programmes.forms.fields import PUBLIC, DeskForm, Euros, NeedsReason, choice, passage
from wijkpeil.web.programmes.items import FOUND, REPORTED
from wijkpeil.web.programmes.models.agreement import OVER, Agreement, BudgetStatus, Item, ReasonClass


class ItemForm(DeskForm):
    """Who does what, for how much, by when."""

    what = passage(mark("Wat wordt er gedaan?"), rows=3)
    budget_cents = Euros(
        label=later(mark("Bedrag in euro")),
        required=False,
        max_length=30,
        help_text=later(mark("Leeg betekent dat het bedrag nog niet bekend is.")),
    )
    budget_status = choice(mark("Hoe zeker is het geld?"), BudgetStatus.choices, required=False)
    due = day(mark("Klaar op"))
    evidence_needed = passage(mark("Waaraan is te zien dat het klaar is?"), rows=2)

    def build(self) -> None:
        """Offer the parties of the agreement; what comes from the version before can say how it changed."""
        agreement = self.thing if isinstance(self.thing, Agreement) else self.thing.agreement
        parties = agreement.partners.order_by("name")
        self.fields["partner"] = partner_field(mark("Wie doet het?"), parties)
        self.fields["supporting"] = PartnersField(mark("Wie helpt mee?"), parties, required=False)
        if isinstance(self.thing, Item) and self.thing.follows_id is not None:
            self.fields["reason_class"] = choice(mark("Wat is er veranderd?"), ReasonClass.choices, required=False)
            self.fields["why"] = passage(mark("Waarom is dit veranderd?"), required=False, rows=2)


class ReportForm(DeskForm):
    """What a partner says of its own item."""

    WHY = mark("Opmerking")

    status = choice(mark("Hoe ver is het?"), [(one, one.label) for one in REPORTED])
    text = passage(mark("Wat is er gebeurd?"), help_text=PUBLIC)
    spent_cents = Euros(label=later(mark("Uitgegeven in euro")), required=False, max_length=30)
    evidence = passage(mark("Bewijs: waar is dit na te kijken?"), required=False, rows=2, help_text=PUBLIC)

    def build(self) -> None:
        """Ask for evidence in a file."""
        ask_for_file(self, mark("Bewijs als bestand"))


class FindForm(DeskForm):
    """What somebody independent found."""

    WHY = mark("Opmerking")

    text = passage(mark("Wat heb je gezien?"), help_text=PUBLIC)

    def build(self) -> None:
        """Offer what can be found, and that nothing changed."""
        same = (self.thing.state, self.thing.get_state_display())
        found = [(one, one.label) for one in FOUND if one != self.thing.state]
        self.fields = {"status": choice(mark("Wat stel je vast?"), [same, *found]), **self.fields}


class EndItemForm(NeedsReason):
    """How an item ended."""

    end_class = choice(
        mark("Hoe eindigt dit?"),
        [(one, one.label) for one in ReasonClass if one in OVER or one == ReasonClass.POSTPONED],
    )
