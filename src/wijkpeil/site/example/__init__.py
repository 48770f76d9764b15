"""Plays the years of life of the invented programme through the verbs that people use themselves."""
