"""Many people at once by the very rules of one: tabulated, then looked up. See README.md here."""
