"""Speed and memory, measured by one command and shown in the README."""
