"""Tinjau kembar: pairs of records that may be one person's, side by side, decided by people."""
