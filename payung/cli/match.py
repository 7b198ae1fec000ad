"""`payung match`: which records of one table, or of two, are one person's. Loaded when asked for."""

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from payung.access.permissions import Permission
from payung.cli.session import Session, WrongUseError, behind, with_session
from payung.matching.answering import Answer
from payung.matching.errors import FieldsFileError
from payung.matching.fields import read_plan
from payung.matching.model import MODELS, Model, read_model
from payung.matching.on_duckdb import Means, match_files

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TABLE = click.Path(exists=True, path_type=Path)
_STORED = {path.stem: path for path in MODELS.glob("*.yaml")}
_NO_SPARK = (
    "Spark belum ada di mesin ini. Pasang Java 17 dan pyspark: "
    "python -m pip install -r requirements-spark.in (lihat docs/matching.md)."
)


@click.command("match")
@click.argument("files", nargs=-1, required=True, type=_TABLE)
@click.option("--fields", required=True, metavar="FIELDS.yaml", help="Kolom yang dibandingkan, atau nama model bawaan.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="PAIRS.parquet")
@click.option("--model", "model_file", type=_FILE, metavar="MODEL.json", help="Pakai model yang tersimpan.")
@click.option("--save-model", type=click.Path(dir_okay=False, path_type=Path), help="Simpan model yang dipelajari.")
@click.option("--memory", default="1600MB", show_default=True, help="Batas memori di mesin ini.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True, help="Mesinnya.")
@click.option("--master", default="local[*]", show_default=True, help="Tempat Spark berjalan, untuk --engine spark.")
@with_session
def match(
    session: Session, files: tuple[Path, ...], fields: str, out: Path, model_file: Path | None,
    save_model: Path | None, memory: str, engine: str, master: str,
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
        asked = {"files": files, "plan": plan, "out": out, "model": stored, "means": means}
        answer, model = _on_spark(asked | {"master": master}) if engine == "spark" else _here(asked)
        if save_model:
            model.write(save_model)
    except FieldsFileError as error:
        raise WrongUseError(f"{error}.") from error
    data = {"pairs": answer.pairs, "auto": answer.auto, "review": answer.review, "model": model.label, "out": str(out)}
    text = f"{answer.pairs} pasangan ({answer.auto} auto, {answer.review} review) dengan model {model.label}: {out}"
    session.answer(data, text)


def _here(asked: dict[str, Any]) -> tuple[Answer, Model]:
    if folders := [file for file in asked["files"] if file.is_dir()]:
        raise WrongUseError(f"{folders[0]} adalah folder: hanya --engine spark yang membacanya.")
    return match_files(**asked)


def _on_spark(asked: dict[str, Any]) -> tuple[Answer, Model]:
    """Load Spark through the table of commands, the one place that imports by name."""
    if asked["model"] is None:
        raise WrongUseError(
            "Spark membandingkan dengan model yang sudah jadi: pelajari dahulu dari sebagian tabel di satu mesin "
            "dengan --save-model MODEL.json, lalu berikan --model MODEL.json."
        )
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise WrongUseError(_NO_SPARK)
    try:
        command = behind("match-on-spark")
    except ModuleNotFoundError as error:
        if error.name != "pyspark":
            raise
        raise WrongUseError(_NO_SPARK) from error
    return click.get_current_context().invoke(command, asked=asked), asked["model"]


match.payung_door = Permission.PUBLIC  # type: ignore[attr-defined]
commands: list[click.Command] = [match]
