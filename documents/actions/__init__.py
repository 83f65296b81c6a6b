"""Writes of the documents room: one verb a file."""
