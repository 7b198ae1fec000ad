"""Commands that the program itself calls by name."""
