"""JKM, death not caused by work: the benefit and its parts, the waiting period, the scholarship that JKK shares."""
