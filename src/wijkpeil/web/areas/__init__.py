"""Neighbourhoods: find one, look at one, compare a few, compose your own."""
