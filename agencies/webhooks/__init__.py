"""Calling the systems of agencies: whither, with what, and what came of it."""
