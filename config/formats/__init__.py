"""Dates and times as people here write them."""
