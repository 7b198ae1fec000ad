"""Whom to protect first with the rupiah there are. Pure: people come in as plain values, an order goes out."""
