"""What the workshop needs and the program does not: set-up, locks, test runs, checks, catalogues."""
