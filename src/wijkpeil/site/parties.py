"""Ties two rooms that do not know each other: roles are given to people of a party, and programmes know the parties."""


def parties_of(programme: str) -> list[tuple[int, str]]:
    """Give the partners of a programme by number and name."""
    from wijkpeil.web.programmes.models.partner import Partner

    return list(Partner.objects.filter(programme=programme).order_by("name").values_list("pk", "name"))
