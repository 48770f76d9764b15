"""The command: what a person types, and what stands on the screen."""
