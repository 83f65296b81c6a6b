"""Pages of the documents room: lists taken out as files."""
