"""The door of the API: keys, problems, reading of bodies. What can be asked there belongs to the rooms above."""
