"""Deadlines and what follows from missing them: reporting, deciding, paying, late-payment penalties, prescription."""
