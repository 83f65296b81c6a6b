"""Forms of this room, and the fields that all rooms use."""
