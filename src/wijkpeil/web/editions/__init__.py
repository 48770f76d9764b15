"""Editions and what stands behind them: the shelf, revisions, sources, methods, downloads, feeds."""
