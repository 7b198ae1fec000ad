"""Names are written out twice, in Python for stored keys and confirmations, in SQL for matching tables: alike."""

from collections import defaultdict

import duckdb
import pytest

from bench.registries.making import made_registry
from payung.matching.blocking import sound_of
from payung.matching.indonesian import as_heard, written_out
from payung.matching.names import fold_name

SEED = 77
BY_HAND = (
    "H. Moh. Sholeh, S.Pd", "ANNISA ANGGRAINI S.PD", "Suwarno S.Pd.", "Zulaikha M.Kom", "Budi Se", "Rini Ma",
    "Drs. H. M. Nur", "Hj. St. Aminah", "Sdr. Joko", "Alm. Bpk. Suparman", "Ny. Tini", "D'Angelo", "Abd. Rahman",
    "Ir. Soekarno-Hatta", "Yuda Ph.D", "dr. Sari Sp.A", "Pérez",
)  # fmt: skip


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """Each name of a made-up registry with what SQL makes of it: written out, and as heard."""
    folder = tmp_path_factory.mktemp("registry")
    made_registry(1500, seed=SEED).write(folder)
    with duckdb.connect() as connection:
        connection.execute("create table names (said varchar)")
        connection.executemany("insert into names values (?)", [(name,) for name in BY_HAND])
        for column in ("name", "mother_name"):
            connection.execute(
                f"insert into names select distinct {column} from '{folder}/records.parquet' where {column} is not null"
            )
        query = f"select said, {written_out('said')} as written, {as_heard('written')} from names"
        return connection.execute(query).fetchall()


def test_a_name_is_written_out_alike(names):
    differently = [(said, written, fold_name(said)) for said, written, _ in names if (written or "") != fold_name(said)]
    assert len(names) > 1_500
    assert differently == []


def test_words_that_are_heard_alike_share_a_stored_key(names):
    """But for kh and ch: matching hears them as k, stored keys do not hear them, so that Khotimah finds Hotimah."""
    heard = defaultdict(set)
    for _, written, sounds in names:
        for word, sound in zip((written or "").split(), (sounds or "").split(), strict=True):
            if "kh" not in word and "ch" not in word:
                heard[sound].add(word)
    apart = {sound: words for sound, words in heard.items() if len({sound_of(word) for word in words}) > 1}
    assert len(heard) > 500
    assert apart == {}
