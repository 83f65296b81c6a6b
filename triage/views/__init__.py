"""Pages of the triage room."""
