"""Documents over a programme: drafted, frozen with their figures, approved, sent, and never changed after that."""

from typing import ClassVar

from django.db import models

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.models.thing import WITHDRAWN, Retractable


class DocumentState(models.TextChoices):
    """How far a document is; one that was sent never changes, and an erratum is a document of its own."""

    DRAFT = "draft", "concept"
    FROZEN = "frozen", "cijfers bevroren"
    APPROVED = "approved", "goedgekeurd"
    SENT = "sent", "verzonden"
    WITHDRAWN = WITHDRAWN, "ingetrokken"


class DocumentSort(models.TextChoices):
    """What a document is."""

    MAGAZINE = "magazine", mark("magazine")
    ERRATUM = "erratum", mark("erratum")
    PROGRESS = "voortgangsrapportage", mark("voortgangsrapportage")


class Document(Retractable):
    """A magazine, a progress report, or an erratum that says what in a document that was sent is wrong, and what right.

    ``text`` is what the editor of a progress report wrote, in Markdown with a reference for every figure.
    ``edition`` is that of its figures once they are frozen. ``redaction`` counts how often a story was taken out since.
    ``archive_hash`` is the name of the archive from which it can be made again, ``document_hash`` that of the document.
    """

    KIND = Kind.DOCUMENT
    PUBLIC = frozenset({DocumentState.SENT})

    state = models.CharField(max_length=20, choices=DocumentState.choices, default=DocumentState.DRAFT)
    sort = models.CharField(max_length=20, choices=DocumentSort.choices, default=DocumentSort.MAGAZINE)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="errata")
    wrong = models.TextField(blank=True)
    wrong_where = models.TextField(blank=True)
    right = models.TextField(blank=True)
    edition = models.CharField(max_length=100, blank=True)
    frozen_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=200, blank=True)
    redaction = models.PositiveSmallIntegerField(default=0)
    archive_hash = models.CharField(max_length=64, blank=True)
    document_hash = models.CharField(max_length=64, blank=True)

    class Meta(Retractable.Meta):
        """It is found by its place."""

        indexes: ClassVar[list[models.Index]] = [*Retractable.Meta.indexes]


class Frozen(models.Model):
    """The archive of a document, apart, so that listing documents reads none of it; ``stories`` are those it tells."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="frozen")
    content = models.BinaryField()
    stories = models.JSONField(default=list)
