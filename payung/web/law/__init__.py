"""The law for everybody: what a benefit would be and why, and every figure with its article."""
