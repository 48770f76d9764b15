"""One room per publisher: bytes come in as they are published and go out as observations, nothing else."""
