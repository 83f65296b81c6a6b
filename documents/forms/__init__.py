"""Forms of this room, and the field for files that other rooms use."""
