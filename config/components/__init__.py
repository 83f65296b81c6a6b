"""The components of the GOV.UK and MoJ design systems: the part of `templates/components/` that is Python."""
