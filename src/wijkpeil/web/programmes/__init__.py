"""Programmes at a glance: the rug, the quadrant, the outcomes."""
