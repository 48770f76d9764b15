"""A workbook that waits for a yes, and which row of a workbook became which thing."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from wijkpeil.web.programmes.models.thing import random_key


class Upload(models.Model):
    """A workbook between the trial and the yes of who sent it, with the report; nobody else ever sees it.

    ``content`` is gone as soon as it was brought in, and the whole row within a day.
    """

    key = models.CharField(max_length=16, unique=True, default=random_key, editable=False)
    programme = models.CharField(max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    report = models.JSONField(default=dict)
    is_done = models.BooleanField(default=False)


class Imported(models.Model):
    """The mark of a row of a workbook, and the thing that it became; so that it never becomes a second one."""

    programme = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    mark = models.CharField(max_length=100)
    thing = models.CharField(max_length=16)

    class Meta:
        """A mark is looked up; two cities may use the same one without hearing of each other."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["programme", "kind", "mark"], name="row_by_mark")]
