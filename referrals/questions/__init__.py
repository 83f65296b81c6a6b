"""The questions of the national form, as data: one module for each group of pages."""
