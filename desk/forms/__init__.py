"""What officers fill in on pages that show several rooms."""
