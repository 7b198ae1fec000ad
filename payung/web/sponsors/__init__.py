"""Pages of sponsors: the company and what became of its promise, its people, its pledges, civil servants."""
