"""The figures of JKM, taken from `parameters.yaml` beside this file and typed."""

from payung.rules.cards import Card, CardFile, whole

_FILE = CardFile.beside(__file__)

MASA_TUNGGU: Card[int] = _FILE.card("masa_tunggu_jkm", whole)
MANFAAT_MASA_TUNGGU: Card[int] = _FILE.card("manfaat_masa_tunggu_jkm", whole)
