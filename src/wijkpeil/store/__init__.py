"""Where figures lie: raw downloads by their hash, observations and published figures as Parquet."""
