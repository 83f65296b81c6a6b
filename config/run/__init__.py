"""`make run`: the whole house on one machine, in the foreground, for a demonstration or a developer."""
