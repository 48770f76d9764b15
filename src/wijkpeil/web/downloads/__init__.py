"""What can be taken away: figures as files with their description, and the catalogue that tells other catalogues."""
