"""The library of evidence: studies of our own and by others in one list, and a page for each."""
