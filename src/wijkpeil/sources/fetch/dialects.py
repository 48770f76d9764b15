"""The interfaces that can be fetched from, by the name (``protocol``) that ``beleid/bronnen`` gives them."""

from wijkpeil.sources.fetch import odata_v3, odata_v4, ogc_features, wfs
from wijkpeil.sources.fetch.dialect import Dialect

DIALECTS: dict[str, Dialect] = {
    "odata_v4": odata_v4.DIALECT,
    "odata_v3": odata_v3.DIALECT,
    "wfs": wfs.DIALECT,
    "ogc_features": ogc_features.DIALECT,
}
