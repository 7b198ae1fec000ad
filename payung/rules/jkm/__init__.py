"""JKM, death not caused by work: so far only its waiting period, which the length of a pledge must know."""
