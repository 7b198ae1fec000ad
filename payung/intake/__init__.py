"""Lists from outside: upload, check, match, stage, review, apply, undo."""
