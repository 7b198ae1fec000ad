"""The mutants of a Python module.

A comparison and its edge, a sum, and/or, a condition turned round, a constant one up and one down, a return that gives
nothing, an argument or an error forgotten, min/max, the first for the last. Left out: texts (docstrings, strings,
formulas, messages), annotations, decorators, type variables.
"""

import ast
import copy
import dataclasses
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

from tools.mutation.mutant import SEPARATOR, Mutant

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
OPPOSITES = {"min": "max", "max": "min", "any": "all", "all": "any"}
TYPE_VARIABLES = {"TypeVar", "ParamSpec", "NewType", "cast"}
TEXT_KEYWORDS = {"formula", "code"}
LONGEST = 90


def mutants_of_code(path: Path, text: str) -> Iterator[Mutant]:
    """Each mutant, in the order of its lines."""
    tree = ast.parse(text)
    for spot in _spots(tree, "", ""):
        for changed, change in _changes(spot):
            line = getattr(spot.node, "lineno", None) or getattr(spot.parent, "lineno", 0)
            yield Mutant(path, spot.place, change, line, code=functools.partial(_compiled, path, tree, spot, changed))


@dataclasses.dataclass(frozen=True)
class _Spot:
    """A node, the field of its parent that holds it, the name of the function around it and what that returns."""

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None
    place: str
    returns: str

    def put(self, node: ast.AST) -> None:
        """Let another node stand here."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _compiled(path: Path, tree: ast.Module, spot: _Spot, changed: ast.AST) -> CodeType:
    spot.put(changed)
    try:
        return compile(ast.fix_missing_locations(tree), str(path), "exec")
    finally:
        spot.put(spot.node)


def _spots(node: ast.AST, place: str, returns: str) -> Iterator[_Spot]:
    """Each node that may be mutated."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        place = f"{place}.{node.name}".lstrip(".")
        returns = ast.unparse(node.returns) if isinstance(node, ast.FunctionDef) and node.returns else ""
    for name, value in ast.iter_fields(node):
        if _is_left_out(node, name):
            continue
        children = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if isinstance(child, ast.AST) and not _is_text(child):
                yield _Spot(child, node, name, index, place, returns)
                yield from _spots(child, place, returns)


def _is_left_out(node: ast.AST, field: str) -> bool:
    if field in ("decorator_list", "annotation", "returns", "bases", "type_comment"):
        return True
    if isinstance(node, ast.keyword) and node.arg == "formula":
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
        return _called(node) in TYPE_VARIABLES
    return False


def _is_text(node: ast.AST) -> bool:
    """A text, or a statement that is nothing but one."""
    if isinstance(node, ast.Expr):
        return _is_text(node.value)
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, str))
    )


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _changes(spot: _Spot) -> Iterator[tuple[ast.AST, str]]:
    """Each wrong thing that may stand in this spot, and what is said of it."""
    if isinstance(spot.node, ast.Return):
        yield from _return(spot.node, spot.returns)
    elif isinstance(spot.node, ast.Constant):
        for changed in _constant(spot.node):
            before = ast.unparse(spot.parent)
            spot.put(changed)
            after = ast.unparse(spot.parent)
            spot.put(spot.node)
            long = len(before) > LONGEST or "\n" in before
            yield changed, _said(spot.node, changed) if long else _said(before, after)
    elif type(spot.node) in CHANGES:
        yield from CHANGES[type(spot.node)](spot.node)


def _said(before: ast.AST | str, after: ast.AST | str) -> str:
    return SEPARATOR.join(_short(part if isinstance(part, str) else ast.unparse(part)) for part in (before, after))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _compare(node: ast.Compare) -> Iterator[tuple[ast.AST, str]]:
    for index, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            operators = [other() if at == index else each for at, each in enumerate(node.ops)]
            changed = ast.Compare(node.left, operators, node.comparators)
            yield changed, _said(node, changed)


def _binary(node: ast.BinOp) -> Iterator[tuple[ast.AST, str]]:
    if type(node.op) in ARITHMETIC and not (_is_text(node.left) or _is_text(node.right)):
        changed = ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
        yield changed, _said(node, changed)


def _boolean(node: ast.BoolOp) -> Iterator[tuple[ast.AST, str]]:
    changed = ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    yield changed, _said(node, changed)
    for index, value in enumerate(node.values):
        for turned in _turned_round(value):
            other = ast.BoolOp(node.op, [turned if at == index else each for at, each in enumerate(node.values)])
            yield other, _said(node, other)


def _unary(node: ast.UnaryOp) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node.op, ast.Not) or (isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant)):
        yield node.operand, _said(node, node.operand)


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    if type(node.value) is bool:
        yield ast.Constant(not node.value)
    elif type(node.value) is int:
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)


def _turned_round(test: ast.expr) -> Iterator[ast.expr]:
    """The condition turned round; where it is a comparison, `not` or and/or, it is mutated by itself."""
    if not isinstance(test, (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Constant)):
        yield ast.UnaryOp(ast.Not(), test)


def _condition(node: ast.If | ast.While | ast.IfExp) -> Iterator[tuple[ast.AST, str]]:
    for test in _turned_round(node.test):
        changed = copy.copy(node)
        changed.test = test
        yield changed, _said(node.test, f"not {ast.unparse(node.test)}")


def _comprehension(node: ast.comprehension) -> Iterator[tuple[ast.AST, str]]:
    for index, test in enumerate(node.ifs):
        rest = node.ifs[:index] + node.ifs[index + 1 :]
        yield ast.comprehension(node.target, node.iter, rest, 0), _said(f"if {ast.unparse(test)}", "(all)")


def _return(node: ast.Return, returns: str) -> Iterator[tuple[ast.AST, str]]:
    if node.value is None or isinstance(node.value, ast.Constant):
        return
    if returns == "bool":
        for turned in _turned_round(node.value):
            yield ast.Return(turned), _said(node, ast.Return(turned))
    else:
        yield ast.Return(None), _said(node, "return None")


def _call(node: ast.Call) -> Iterator[tuple[ast.AST, str]]:
    name = _called(node)
    if name in TYPE_VARIABLES:
        return
    if isinstance(node.func, ast.Name) and name in OPPOSITES:
        yield (
            ast.Call(ast.Name(OPPOSITES[name], ast.Load()), node.args, node.keywords),
            _said(node.func, OPPOSITES[name]),
        )
    for index, keyword in enumerate(node.keywords):
        if keyword.arg and keyword.arg not in TEXT_KEYWORDS and not _is_text(keyword.value):
            rest = node.keywords[:index] + node.keywords[index + 1 :]
            yield ast.Call(node.func, node.args, rest), _said(f"{name}({keyword.arg}=…)", "(without)")


def _subscript(node: ast.Subscript) -> Iterator[tuple[ast.AST, str]]:
    """The first for the last; a slice that begins or ends elsewhere."""
    index = node.slice
    if isinstance(index, ast.UnaryOp) and isinstance(index.operand, ast.Constant):
        changed = ast.Subscript(node.value, ast.Constant(0), node.ctx)
        yield changed, _said(node, changed)
    elif isinstance(index, ast.Slice):
        for part in ("lower", "upper"):
            if getattr(index, part) is not None:
                shorter = copy.copy(index)
                setattr(shorter, part, None)
                changed = ast.Subscript(node.value, shorter, node.ctx)
                yield changed, _said(node, changed)


def _statement(node: ast.stmt) -> Iterator[tuple[ast.AST, str]]:
    """What is not done; an error's own message is a text."""
    if not (isinstance(node, ast.Expr) and ast.unparse(node).startswith("super().__init__(f")):
        yield ast.Pass(), _said(node.exc if isinstance(node, ast.Raise) and node.exc else node, "(not done)")


def _jump(node: ast.stmt) -> Iterator[tuple[ast.AST, str]]:
    changed = ast.Break() if isinstance(node, ast.Continue) else ast.Continue()
    yield changed, _said(node, changed)


CHANGES: dict[type[ast.AST], Callable[[Any], Iterator[tuple[ast.AST, str]]]] = {
    ast.Compare: _compare,
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.If: _condition,
    ast.While: _condition,
    ast.IfExp: _condition,
    ast.comprehension: _comprehension,
    ast.Call: _call,
    ast.Subscript: _subscript,
    ast.Expr: _statement,
    ast.Raise: _statement,
    ast.AugAssign: _statement,
    ast.Delete: _statement,
    ast.Continue: _jump,
    ast.Break: _jump,
}
