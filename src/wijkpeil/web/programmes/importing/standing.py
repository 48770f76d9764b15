"""What is there already: by the mark of a row that was brought in before, and by what it says."""

from collections.abc import Hashable, Mapping
from typing import Any

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.programmes.models.agreement import Agreement, Item
from wijkpeil.web.programmes.models.importing import Imported
from wijkpeil.web.programmes.models.measure import Measure
from wijkpeil.web.programmes.models.thing import WITHDRAWN, Thing
from wijkpeil.web.programmes.seeing import seen_by

_PARTIES: Mapping[type[Thing], str] = {Agreement: "partners"}


def said_by(thing: Any) -> Hashable:
    """Give what a thing says, so far that two that say the same are the same."""
    if isinstance(thing, Agreement):
        parties = frozenset(one.pk for one in thing.partners.all())
        return (thing.city, thing.area, thing.title, thing.text, thing.valid_to, parties)
    if isinstance(thing, Item):
        return (thing.agreement_id, thing.what, thing.partner_id, thing.due, thing.budget_cents)
    if isinstance(thing, Measure):
        return (thing.city, thing.area, thing.name, thing.aim, thing.mechanism, thing.started, thing.partner_id)
    raise TypeError(type(thing))


class Standing:
    """The things of a programme that somebody may know of: who may not know of one is not told that it is there."""

    def __init__(self, programme: str, by: Account) -> None:
        """Look nothing up yet."""
        self._programme, self._by = programme, by
        self._marked: dict[type[Thing], dict[str, Any]] = {}
        self._said: dict[type[Thing], dict[Hashable, Any]] = {}
        self._keyed: dict[type[Thing], dict[str, Any]] = {}

    def marked(self, model: type[Thing], mark: str) -> Any | None:
        """Give the thing that a row with this mark became."""
        if model not in self._marked:
            rows = Imported.objects.filter(programme=self._programme, kind=model.KIND).order_by("pk")
            known = self._known(model)
            self._marked[model] = {one.mark.casefold(): known[one.thing] for one in rows if one.thing in known}
        return self._marked[model].get(mark.casefold())

    def keyed(self, model: type[Thing], key: str) -> Any | None:
        """Give a thing by its public name."""
        return self._known(model).get(key)

    def saying(self, model: type[Thing], said: Hashable) -> Any | None:
        """Give the thing that says this."""
        if model not in self._said:
            self._said[model] = {said_by(one): one for one in self._known(model).values()}
        return self._said[model].get(said)

    def add(self, thing: Any, mark: str, said: Hashable) -> None:
        """Know of what a row became or was already."""
        model = type(thing)
        self.saying(model, said)
        self._said[model].setdefault(said, thing)
        if mark:
            self.marked(model, mark)
            self._marked[model][mark.casefold()] = thing

    def _known(self, model: type[Thing]) -> dict[str, Any]:
        if model not in self._keyed:
            rows: Any = seen_by(model._default_manager.filter(programme=self._programme), self._by)
            if hasattr(model, "state"):
                rows = rows.exclude(state=WITHDRAWN)
            if model in _PARTIES:
                rows = rows.prefetch_related(_PARTIES[model])
            self._keyed[model] = {one.key: one for one in rows.order_by("-pk")}
        return self._keyed[model]
