"""The pages that belong to no room: health and errors."""
