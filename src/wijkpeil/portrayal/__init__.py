"""Figures become sentences, tables, pictures and pages, in Dutch and in English, and nothing is computed anew."""
