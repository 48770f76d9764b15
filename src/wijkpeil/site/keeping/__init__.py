"""Keeps the database safe: a backup that can be put back in either kind of database, and terms that are kept."""
