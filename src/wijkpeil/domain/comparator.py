"""Beside what a neighbourhood is set: the comparator is part of every figure, caption and address."""

from enum import StrEnum


class Comparator(StrEnum):
    """The closed list of comparators; a ``group`` is named by its own id (``G4``)."""

    REST_OF_CITY = "rest_of_city"
    LOOK_ALIKES = "look_alikes"
    CITY_OUTSIDE_PROGRAMME = "city_outside_programme"
    CITY = "city"
    GROUP = "group"
    COUNTRY = "country"
