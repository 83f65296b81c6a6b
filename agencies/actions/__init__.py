"""Every write of the agencies room, one verb a file."""
