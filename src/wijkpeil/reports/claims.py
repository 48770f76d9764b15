"""What a resolved reference says, in a form that the words around it can be held against."""

from dataclasses import dataclass

from wijkpeil.domain.evidence import Conclusion
from wijkpeil.domain.verdict import Verdict
from wijkpeil.reports.document import Block, Text, words_of


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one figure supports; everything that it says nothing about is ``None``.

    Signs are +1, 0 and -1. ``rose`` is whether the value itself went up, ``better`` whether it went the favourable way,
    ``above`` how it stands beside its comparator, ``ahead`` the same the favourable way round, ``narrowed`` whether the
    gap became smaller (or the lead larger). ``by_chance`` tells that the margin of that change holds nothing at all.
    ``part`` and ``of`` are a count among so many, and ``as_luck`` that luck gives as many. ``effect`` is the conclusion
    of a study with its evidence grade.
    """

    words: str
    rose: int | None = None
    better: int | None = None
    above: int | None = None
    ahead: int | None = None
    narrowed: int | None = None
    by_chance: bool | None = None
    verdict: Verdict | None = None
    part: int | None = None
    of: int | None = None
    as_luck: bool | None = None
    effect: Conclusion | None = None
    grade: int | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What stands in the place of a reference: running text, or blocks of their own; and what it claims."""

    text: Text = ()
    blocks: tuple[Block, ...] = ()
    claim: Claim | None = None
    is_absent: bool = False
    accepts: str = ""
    """What a writer stands for against the rules: the reason."""

    @property
    def words(self) -> str:
        """The running text without its style."""
        return words_of(self.text)


def sign(number: float | None) -> int | None:
    """Give the sign of a number that is known."""
    return None if number is None else (number > 0) - (number < 0)
