"""The lines of the logbook, and beside them the texts, which can be erased without breaking the chain."""

import json
from typing import Any, ClassVar

from django.db import models


class Line(models.Model):
    """One write: ids, the verb and a salted hash of what was written; no name and no text.

    ``number`` has no gaps. ``seal`` is a keyed hash over the line and the seal before it.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=36)
    verb = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    thing = models.CharField(max_length=36)
    programme = models.CharField(max_length=100)
    content = models.CharField(max_length=64)
    before = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        """The lines of one thing are asked for together."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "thing"], name="line_of_thing"),
            models.Index(fields=["programme", "at"], name="line_of_programme"),
        ]


class Content(models.Model):
    """What was written on a line, with its salt; erased by law where it must be.

    ``said`` is the text that was hashed, letter for letter: a database writes the numbers of a JSON column its own way.
    """

    line = models.OneToOneField(Line, on_delete=models.PROTECT, primary_key=True, related_name="text")
    salt = models.CharField(max_length=32)
    said = models.TextField()

    @property
    def reason(self) -> str:
        """Why it was done."""
        return str(json.loads(self.said)["reason"])

    @property
    def payload(self) -> dict[str, Any]:
        """What was written."""
        return dict(json.loads(self.said)["payload"])
