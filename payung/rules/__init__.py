"""The law as pure, dated functions: figures and articles beside them, one folder a programme. See README.md here."""
