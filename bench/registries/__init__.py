"""Registries of a regency whose people do not exist, with the errors of real lists, and the truth beside them."""

from bench.registries.making import Registry, made_registry

__all__ = ["Registry", "made_registry"]
