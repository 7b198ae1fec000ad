"""Every example in the rules' docstrings and on the pages about algorithms runs and says what it says."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import payung.rules

MODULES = [module.name for module in pkgutil.walk_packages(payung.rules.__path__, "payung.rules.")]
PAGES = sorted((Path(__file__).parents[2] / "docs" / "algorithms").glob("*.md"))


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name):
    if name == "payung.rules.population.on_spark":
        pytest.importorskip("pyspark", reason="pyspark is not installed (requirements-spark.in)")
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_worked_example_of_a_page_runs(page):
    ran = doctest.testfile(str(page), module_relative=False)
    assert (ran.attempted > 0, ran.failed) == (True, 0)
