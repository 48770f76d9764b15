"""What a committee saw when it came by, what it recommended, and what it thinks of a study."""

from django.db import models

from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.models.thing import WITHDRAWN, Retractable, Thing


class PublicationState(models.TextChoices):
    """Whether everybody may read it."""

    DRAFT = "draft", "concept"
    PUBLISHED = "published", "gepubliceerd"
    WITHDRAWN = WITHDRAWN, "ingetrokken"


class Visitation(Retractable):
    """A visit of a committee; whom it met is told in roles, never in names."""

    KIND = Kind.VISITATION
    PUBLIC = frozenset({PublicationState.PUBLISHED})

    state = models.CharField(max_length=20, choices=PublicationState.choices, default=PublicationState.DRAFT)
    committee = models.CharField(max_length=300)
    on = models.DateField()
    met = models.TextField(blank=True)
    findings = models.TextField()
    report_at = models.URLField(max_length=500, blank=True)


class Answer(models.TextChoices):
    """What the one to whom it was said thinks of a recommendation; disagreeing is an answer."""

    AGREE = "agree", "eens"
    PARTLY = "partly", "deels eens"
    DISAGREE = "disagree", "oneens"


class RecommendationState(models.TextChoices):
    """How far a recommendation is; closing it is for who made it."""

    OPEN = "open", "open"
    DONE = "done", "gesloten: uitgevoerd"
    NOT_DONE = "not_done", "gesloten: niet uitgevoerd"


class Recommendation(Thing):
    """A recommendation of a visitation, with its answer beside it; public as soon as the visitation is."""

    KIND = Kind.RECOMMENDATION

    visitation = models.ForeignKey(Visitation, on_delete=models.PROTECT, related_name="recommendations")
    state = models.CharField(max_length=20, choices=RecommendationState.choices, default=RecommendationState.OPEN)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    due = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=20, choices=Answer.choices, blank=True)
    answer_text = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    closed_because = models.TextField(blank=True)

    @property
    def parties(self) -> tuple[int, ...]:
        """The partner to whom it is said."""
        return () if self.partner_id is None else (self.partner_id,)

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it."""
        return self.visitation.is_public


class Review(Retractable):
    """What the scientific committee thinks of a study; ``study`` is its id, and it may be held up as an example."""

    KIND = Kind.REVIEW
    PUBLIC = frozenset({PublicationState.PUBLISHED})

    state = models.CharField(max_length=20, choices=PublicationState.choices, default=PublicationState.DRAFT)
    study = models.CharField(max_length=200)
    committee = models.CharField(max_length=300)
    verdict = models.TextField()
    is_example = models.BooleanField(default=False)
