"""Who publishes the editions of a site, as catalogues and packages name them."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """An organisation: its name, the address that names it in the world, and where to write to."""

    name: str
    address: str
    email: str
