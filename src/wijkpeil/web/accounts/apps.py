"""Tells Django of this room."""

from django.apps import AppConfig


class Room(AppConfig):
    """The tables begin with the name of the room."""

    name = "wijkpeil.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to who logs in."""
        from wijkpeil.web.accounts.sessions import listen

        listen()
