"""Protection on pages."""
