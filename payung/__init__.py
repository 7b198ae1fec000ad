"""Payung: from a company's list of vulnerable workers to their protection, each step proved."""
