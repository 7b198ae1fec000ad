"""Services write: each is atomic and knows who acts and what time it is."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Source, sources

# Modules whose services write about people and money. What stands beside `recording` in audit is no service of these.
DOMAIN = {
    *("registry", "sponsors", "enrolment", "contributions", "claims", "intake", "coverage", "access", "papers"),
    "watch",
}
# Nobody acts yet who could be named: a first sign-in, facts that come with the program, an hour that has struck.
WITHOUT_AN_ACTOR = {
    "access.operator_viewer",
    "access.open_invitation",
    "access.accept_invitation",
    "registry.load_regions",
    "registry.load_occupations",
    "intake.release_ended_offers",
    "papers.next_number",  # a part of the event of the paper it stands on
}


def _services() -> Iterator[tuple[Source, ast.FunctionDef]]:
    for source in sources():
        is_service = source.path.name == "services.py" or source.path.parent.name == "services"
        if not is_service or source.module not in DOMAIN:
            continue
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield source, node


def _is_atomic(function: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)


def _names(function: ast.FunctionDef) -> set[str]:
    return {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}


def test_every_atomic_service_is_told_who_acts():
    nameless = [
        f"{source.module}.{function.name}"
        for source, function in _services()
        if _is_atomic(function) and "acting_user" not in _names(function)
    ]
    assert sorted(set(nameless) - WITHOUT_AN_ACTOR) == []


def test_only_the_first_argument_is_positional():
    found = [
        f"{source.at(function)} {function.name}"
        for source, function in _services()
        if "acting_user" in {argument.arg for argument in function.args.args}
    ]
    assert found == []


def test_no_service_asks_for_the_time_by_itself():
    found = [
        source.at(node)
        for source, function in _services()
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in {"datetime.now", "date.today", "timezone.now", "timezone.localdate", "SystemClock"}
    ]
    assert found == []
