"""What a file that somebody sends may be, and the same file without what nobody should see or run."""
