"""What FIMU analysts and officers fill in."""
