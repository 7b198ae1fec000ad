"""Statistics of protection: who is covered, who lapses, who is missing; counted set-wise, small counts suppressed."""
