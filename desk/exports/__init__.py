"""What of this room can be taken out as a file: a module for each kind, imported in `desk/apps.py`."""
