"""Regions, occupations and workers."""
