"""Fuzzing of the parsers: what each must keep true of any bytes (`targets.py`), and two ways of finding bytes."""
