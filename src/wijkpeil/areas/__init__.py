"""Which areas there are, how they are composed, and which of one map year became which of another."""
