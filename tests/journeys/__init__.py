"""Whole stories, through the doors of the running program, in a real browser: no mocks, no shortcuts."""
