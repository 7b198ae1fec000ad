"""Looking at the books."""
