"""The forms with which people do things at the desk of a programme."""
