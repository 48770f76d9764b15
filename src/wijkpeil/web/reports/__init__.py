"""Reports to take along: the profile of any area, made when somebody asks for it and kept for the next who does."""
