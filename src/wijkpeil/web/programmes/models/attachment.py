"""Files that stand with a thing: the evidence of a report, the minutes of a talk, the photo of a story."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from wijkpeil.web.programmes.models.thing import random_key


class Attachment(models.Model):
    """A file as it was cleaned; it stands with the thing that ``kind`` and ``thing`` (its key) name, and is as public.

    ``name`` is what its sender called it and ``shows`` what is to be seen on it; once the file is erased, both are gone
    with its bytes, while its hash and size stay as what the logbook speaks of.
    """

    key = models.CharField(max_length=16, unique=True, default=random_key, editable=False)
    programme = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    thing = models.CharField(max_length=16)
    name = models.CharField(max_length=200, blank=True)
    shows = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The files of one thing are asked for together."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "thing"], name="attachment_of_thing")]

    @property
    def is_image(self) -> bool:
        """Whether it is a picture, which may be shown on a page."""
        return self.media_type.startswith("image/")


class AttachmentBytes(models.Model):
    """The bytes of a file, apart, so that listing files reads none of them; erasing a file removes the row."""

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, primary_key=True, related_name="kept")
    content = models.BinaryField()
