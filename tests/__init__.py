"""Tests: the folders mirror the package; `journeys` goes through the doors, `architecture` holds the house."""
