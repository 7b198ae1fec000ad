"""JKK, accidents at work: death, disability, days without work, transport, care, aids. See README.md here."""
