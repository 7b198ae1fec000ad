"""What import-linter and ruff cannot see, read off the source."""

import ast
import re

from tests.architecture.source import Source, functions, sources

DOORS = {"web", "api", "cli"}
# The worker is a door too: it runs other people's tasks, must outlive a failing one, and logs what went wrong.
BROAD_EXCEPT_AT = {"payung/jobs/runner.py", "payung/jobs/worker.py"}
BROAD = {"Exception", "BaseException"}
LOG_CALLS = {"debug", "info", "warning", "error", "exception", "critical", "log", "msg"}
LOGGERS = re.compile(r"^_?(log|logger|LOG|LOGGER)$")
SECRET = re.compile(r"(^|_)(nik|niks|kk|digits|phone|mother|mothers_name|password|sealed|plaintext)($|_)")
LONG_DIGITS = re.compile(r"\d{12,}")


def test_no_import_of_ours_hides_inside_a_function():
    found = [
        source.at(node)
        for source in sources()
        for function in functions(source)
        for node in ast.walk(function)
        if _imports_payung(node)
    ]
    assert found == []


def _imports_payung(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.level > 0 or (node.module or "").split(".")[0] == "payung"
    return isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "payung" for alias in node.names)


def test_nothing_is_imported_by_name_at_run_time():
    found = [
        source.at(node)
        for source in sources()
        if source.module != "config"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"import_module", "importlib.import_module", "__import__"}
    ]
    # The one door whose rooms are opened one by one (docs/decisions/0017): it reaches its own package and no other.
    assert [place.rpartition(":")[0] for place in found] == ["payung/cli/main.py"]
    main = next(source for source in sources() if str(source.path).endswith("payung/cli/main.py"))
    assert 'import_module(f"payung.cli.{_PLACES[cmd_name]}")' in ast.unparse(main.tree).replace("'", '"')


def test_nothing_happens_by_signal():
    found = [
        source.at(node)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        and ((node.module or "").endswith("signals") or (node.module or "") == "django.dispatch")
    ]
    assert found == []


def test_broad_except_stands_at_doors_alone():
    found = [
        source.at(node)
        for source in sources()
        if source.module not in DOORS and source.name not in BROAD_EXCEPT_AT
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and _is_broad(node)
    ]
    assert found == []


def _is_broad(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(kind, ast.Name) and kind.id in BROAD for kind in caught)


def test_no_log_line_is_given_a_secret():
    found = [source.at(call) for source in sources() for call in _log_calls(source) if _mentions_a_secret(call)]
    assert found == []


def test_no_error_text_is_given_the_digits_of_a_nik():
    found = [
        source.at(node)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Raise) and node.exc is not None and ".digits" in ast.unparse(node.exc)
    ]
    assert found == []


def _log_calls(source: Source) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LOG_CALLS
        and LOGGERS.match(ast.unparse(node.func.value).split(".")[-1].split("(")[0])
    ]


def _mentions_a_secret(call: ast.Call) -> bool:
    for node in ast.walk(call):
        names = [getattr(node, field) for field in ("id", "attr", "arg") if isinstance(getattr(node, field, None), str)]
        if any(SECRET.search(name) for name in names):
            return True
        if isinstance(node, ast.Constant) and LONG_DIGITS.search(str(node.value)):
            return True
    return False


def test_a_planted_secret_in_a_log_line_is_seen():
    planted = ast.parse(
        "logger.info('pekerja', nik=worker.nik)\nlogger.info('ok', rows=3)\nlog.debug('3324010203040506')"
    )
    calls = _log_calls(Source(path=sources()[0].path, tree=planted))
    assert [_mentions_a_secret(call) for call in calls] == [True, False, True]
