"""The figures of membership, taken from `parameters.yaml` beside this file and typed."""

from payung.rules.cards import Card, CardFile, whole

_FILE = CardFile.beside(__file__)

BATAS_USIA_MENDAFTAR: Card[int] = _FILE.card("batas_usia_mendaftar", whole)
USIA_MINIMUM_PROGRAM: Card[int] = _FILE.card("usia_minimum_program", whole)
TUNGGAKAN_MAKSIMUM: Card[int] = _FILE.card("tunggakan_maksimum", whole)
NIK_PANJANG: Card[int] = _FILE.card("nik_panjang", whole)
NIK_TAMBAHAN_HARI_PEREMPUAN: Card[int] = _FILE.card("nik_tambahan_hari_perempuan", whole)
