"""The books looked through, and what looks like fraud: pages for those who watch."""
