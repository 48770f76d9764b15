"""The open interface, version 1: the same figures as the pages, by the Dutch API design rules."""
