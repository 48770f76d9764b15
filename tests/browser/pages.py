"""The pages that are opened in a browser, in both languages and both colour schemes: whoever makes a page adds it."""

PAGES = (
    "/editie/voorbeeld",
    "/editie/voorbeeld/zoek?q=schippersbuurt",
    "/editie/voorbeeld/zoek?q=bestaatniet",
    "/editie/voorbeeld/gebied/WK900103",
    "/editie/voorbeeld/gebied/WK900103/inkomen_schulden",
    "/editie/voorbeeld/download",
    "/editie/voorbeeld/bronnen",
    "/editie/voorbeeld/bronnen/opmerkingen",
    "/uitleg",
    "/handboek",
    "/handboek/je-eigen-cijfers",
    "/handboek/kolommen",
    "/methoden/oordeel",
    "/uitkomsten/rotterdam_zuid",
    "/over",
    "/privacy",
    "/toegankelijkheid",
    "/open-data",
    "/editie/nooit",
)
"""Addresses in Dutch over the example; the English one is the same behind ``/en``."""
