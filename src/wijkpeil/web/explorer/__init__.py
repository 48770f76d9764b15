"""The explorer: the one page with a movable map."""
