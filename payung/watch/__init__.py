"""Looking at the books from outside: everything that must hold, and what looks like fraud."""
