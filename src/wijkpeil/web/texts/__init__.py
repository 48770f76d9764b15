"""What the site explains: methods, handbook and outcomes, sources, and what it says of itself."""
