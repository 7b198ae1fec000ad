"""Pages for everybody: what Payung is, what a sum protects, and whether the holder of a slip is protected."""
