"""Pages of workers: the list, one person with months and story, changing what is known, a death."""
