"""Tells Django of this room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class Room(AppConfig):
    """The tables begin with the name of the room."""

    name = "wijkpeil.web.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Let the guards step aside for migrations: SQLite makes a table anew, and with it they would be gone."""
        from wijkpeil.web.programmes.guards import after_migrating, before_migrating

        pre_migrate.connect(before_migrating, sender=self)
        post_migrate.connect(after_migrating, sender=self)
