"""The site, a room per thing that people do there; each reads an edition and nothing else."""
