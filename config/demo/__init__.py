"""What only the demonstration has: a mail catcher and the page that shows what it caught."""
