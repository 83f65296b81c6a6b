"""What waits for one officer: sections of rows, from a list of sources."""
