"""Wijkpeil follows, judges and steers neighbourhoods with figures that can be traced."""
