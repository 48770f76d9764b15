"""What partners and residents agree, do and decide in a programme: one file for each kind of thing."""

from wijkpeil.web.programmes.models.agreement import Agreement, Finding, Item, Report, Signature
from wijkpeil.web.programmes.models.ambition import Ambition
from wijkpeil.web.programmes.models.attachment import Attachment, AttachmentBytes
from wijkpeil.web.programmes.models.decision import Decision, Dissent, Ground, Participant, Talk
from wijkpeil.web.programmes.models.document import Document, Frozen
from wijkpeil.web.programmes.models.importing import Imported, Upload
from wijkpeil.web.programmes.models.measure import Measure, Output
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.models.promise import Promise
from wijkpeil.web.programmes.models.story import Consent, Story
from wijkpeil.web.programmes.models.visitation import Recommendation, Review, Visitation

__all__ = [
    "Agreement",
    "Ambition",
    "Attachment",
    "AttachmentBytes",
    "Consent",
    "Decision",
    "Dissent",
    "Document",
    "Finding",
    "Frozen",
    "Ground",
    "Imported",
    "Item",
    "Measure",
    "Output",
    "Participant",
    "Partner",
    "Promise",
    "Recommendation",
    "Report",
    "Review",
    "Signature",
    "Story",
    "Talk",
    "Upload",
    "Visitation",
]
