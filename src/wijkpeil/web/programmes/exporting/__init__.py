"""What is in a programme goes out: what everybody may have as open data, and all of it for the auditor."""
