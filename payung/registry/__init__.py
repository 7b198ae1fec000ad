"""Regions, occupations, workers: who they are, where they live, what they do, and that they agreed to be here."""
