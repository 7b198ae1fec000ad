"""Lists from the file to approval, and workers that a sponsor asks the office for."""
