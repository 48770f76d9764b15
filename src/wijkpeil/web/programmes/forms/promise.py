"""The forms of a promise to parliament."""

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.design.mending import day
from wijkpeil.web.programmes.forms.ambition import ask_for_place
from wijkpeil.web.programmes.forms.fields import DeskForm, choice, line, passage
from wijkpeil.web.programmes.models.promise import PromiseKind


class PromiseForm(DeskForm):
    """What was promised, where, and by when."""

    kind = choice(mark("Wat is het?"), PromiseKind.choices)
    paper = line(mark("In welk stuk staat het?"), most=200)
    text = passage(mark("Wat is er toegezegd?"))
    due = day(mark("Voor welke dag?"))

    def build(self) -> None:
        """Ask which neighbourhood it is about."""
        ask_for_place(self, Kind.PROMISE)


class AnswerForm(DeskForm):
    """How it was answered."""

    text = passage(mark("Wat was het antwoord?"))
    paper = line(mark("Met welk stuk kreeg de Kamer het?"), most=200)
    on = day(mark("Op welke dag?"))
