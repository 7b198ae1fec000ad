"""Power cuts: the real program killed (SIGKILL) at chosen and at random moments, then started again."""
