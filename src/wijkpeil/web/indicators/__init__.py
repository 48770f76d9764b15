"""Indicators: one figure in all neighbourhoods."""
