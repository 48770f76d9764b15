"""Logging in through an organisation, by OpenID Connect: who issues the accounts is part of every link to one."""

import hashlib
from typing import Any
from urllib.parse import urlsplit


def outside(*, issuer: str, client: str, secret: str, name: str) -> tuple[str, str, dict[str, Any]]:
    """Give the name of the organisation, the id of its issuer, and the settings of django-allauth.

    The id is made out of the address of the issuer: a link to an account is kept under that id and the number of the
    account, so that another issuer under the same name opens nobody's account. Raises ``ValueError`` where an address
    stands without the rest.
    """
    if not issuer:
        return "", "", {}
    if not client or not secret or urlsplit(issuer).scheme not in {"http", "https"}:
        raise ValueError(
            "Inloggen via een organisatie vraagt WIJKPEIL_OIDC_ISSUER (een adres met https://), "
            "WIJKPEIL_OIDC_CLIENT en WIJKPEIL_OIDC_SECRET."
        )
    id_ = hashlib.sha256(issuer.encode()).hexdigest()[:12]
    label = name or urlsplit(issuer).hostname or issuer
    app = {
        "provider_id": id_,
        "name": label,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer.rstrip("/"), "fetch_userinfo": False, "oauth_pkce_enabled": True},
    }
    return label, id_, {"openid_connect": {"APPS": [app]}}


def origin(address: str) -> str:
    """Give the host of an address, as a content security policy names it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
