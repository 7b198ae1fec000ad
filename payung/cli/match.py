"""`payung match`: which records of one table, or of two, are one person's. Loaded when asked for."""

import os
from dataclasses import replace
from pathlib import Path

import click

from payung.access.permissions import Permission
from payung.cli.session import Session, WrongUseError, with_session
from payung.matching.errors import FieldsFileError
from payung.matching.fields import read_plan
from payung.matching.model import MODELS, read_model
from payung.matching.on_duckdb import Means, match_files

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_STORED = {path.stem: path for path in MODELS.glob("*.yaml")}


@click.command("match")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--fields", required=True, metavar="FIELDS.yaml", help="Kolom yang dibandingkan, atau nama model bawaan.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="PAIRS.parquet")
@click.option("--model", "model_file", type=_FILE, metavar="MODEL.json", help="Pakai model yang tersimpan.")
@click.option("--save-model", type=click.Path(dir_okay=False, path_type=Path), help="Simpan model yang dipelajari.")
@click.option("--memory", default="1600MB", show_default=True, help="Batas memori DuckDB.")
@with_session
def match(
    session: Session, files: tuple[Path, ...], fields: str, out: Path, model_file: Path | None,
    save_model: Path | None, memory: str,
) -> None:  # fmt: skip
    """Cari catatan yang sama orangnya: di dalam satu FILE, atau antara dua FILE (Parquet atau CSV).

    Tanpa model tersimpan, bobotnya dipelajari dari FILE itu sendiri, tanpa contoh jawaban. Lihat docs/matching.md.
    """
    if len(files) > 2:
        raise WrongUseError("Paling banyak dua FILE: satu untuk dicari gandanya, atau dua untuk dicocokkan.")
    fields_file = _STORED.get(fields, Path(fields))
    try:
        plan = read_plan(fields_file)
        plan = replace(plan, model=model_file) if model_file else plan
        stored = read_model(plan.model, plan) if plan.model else None
        means = Means(os.cpu_count() or 1, memory)
        answer, model = match_files(files, plan, out, model=stored, means=means)
        if save_model:
            model.write(save_model)
    except FieldsFileError as error:
        raise WrongUseError(f"{error}.") from error
    data = {"pairs": answer.pairs, "auto": answer.auto, "review": answer.review, "model": model.label, "out": str(out)}
    text = f"{answer.pairs} pasangan ({answer.auto} auto, {answer.review} review) dengan model {model.label}: {out}"
    session.answer(data, text)


match.payung_door = Permission.PUBLIC  # type: ignore[attr-defined]
commands: list[click.Command] = [match]
