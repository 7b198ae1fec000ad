"""Contributions (iuran) of BPU participants: the bands, the price of a month, its relief, the terms."""
