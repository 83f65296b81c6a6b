"""How the fields of forms become components: which one, and with what parameters."""
