"""Commands of the agencies room."""
