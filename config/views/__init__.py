"""The pages that belong to no room: health, errors, and where a surface begins."""
