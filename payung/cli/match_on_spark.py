"""What stands behind `payung match --engine spark`: the one place of the commands that loads Spark."""

from typing import Any

import click

from payung.access.permissions import Permission
from payung.cli.session import WrongUseError
from payung.matching.answering import Answer
from payung.matching.on_spark import match_files, spark_at


@click.command("match-on-spark", hidden=True)
def match_on_spark(asked: dict[str, Any] | None = None) -> Answer:
    """Cocokkan di Spark atas permintaan payung match."""
    if asked is None:
        raise WrongUseError("Pakai payung match --engine spark.")
    master = asked.pop("master")
    with spark_at(master, asked["means"]) as spark:
        return match_files(**asked, spark=spark)


match_on_spark.payung_door = Permission.PUBLIC  # type: ignore[attr-defined]
commands: list[click.Command] = [match_on_spark]
