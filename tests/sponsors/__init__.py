"""Who pays, and what they promise."""
