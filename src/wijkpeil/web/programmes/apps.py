"""Tells Django of this room."""

from django.apps import AppConfig


class Room(AppConfig):
    """The tables begin with the name of the room."""

    name = "wijkpeil.web.programmes"
    label = "programmes"
