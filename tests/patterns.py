"""Every regular expression of the package, and hostile texts for each, made of its own parts."""

import ast
import builtins
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import NamedTuple

import clusterpress

ALL_METHODS = frozenset({"match", "fullmatch", "search"})
"""Ways to use a pattern; `sub`, `split`, `findall` and `finditer` search."""
SAMPLES = "a0 \n\t_-\"'<>[](){}*.,:/\u00e9\u2022"
"""Characters to try as members of a class."""
MANY = 100
"""A part that may be repeated this often is pumped."""


_CALL = re.compile(r"^ +.*\bre\.[a-z]+\(", re.MULTILINE)
"""A function that writes a pattern in place; others are in the namespace of the module."""


class Pattern(NamedTuple):
    """A regular expression of the package."""

    place: str
    """Module, and the name or line of its definition."""
    compiled: re.Pattern
    methods: frozenset[str]
    """How the package uses it."""


class _Unknown(dict):
    """Stands for the local variables of a function: each is a word."""

    def __init__(self, module):
        super().__init__()
        self._known = vars(module)

    def __missing__(self, name):
        if name in self._known or hasattr(builtins, name):
            raise KeyError(name)
        return "name"


def package_patterns() -> list[Pattern]:
    """Return all patterns: those in the namespaces of modules, and those that functions write in place."""
    found: dict[tuple, Pattern] = {}
    modules = [importlib.import_module(name) for name in _module_names()]
    sources = {module.__name__: Path(module.__file__).read_text("utf-8") for module in modules}
    for module in modules:
        source = sources[module.__name__]
        for place, compiled, methods in (*_named(module, _uses(source)), *_in_place(module, source)):
            key = (compiled.pattern, compiled.flags)
            before = found.get(key)
            found[key] = Pattern(
                before.place if before else f"{module.__name__}:{place}",
                compiled,
                methods | (before.methods if before else frozenset()),
            )
    return [one if one.methods else one._replace(methods=ALL_METHODS) for one in found.values()]


def _module_names() -> Iterator[str]:
    for one in pkgutil.walk_packages(clusterpress.__path__, "clusterpress."):
        if not one.name.endswith("__main__"):
            yield one.name


def _uses(source) -> dict[str, frozenset[str]]:
    """Return name → methods called on it in its module; none if it is public, or used in other ways."""
    calls = r"\b(?:self\.|cls\.)?(_\w+)\.(match|fullmatch|search|subn?|split|findall|finditer)\b"
    found: dict[str, set[str]] = {}
    for name, method in re.findall(calls, source):
        found.setdefault(name, set()).add(method)
    others = set(re.findall(r"\b(_\w+)\b(?!\.| *[:=] |: )", source))
    return {name: _methods(methods) for name, methods in found.items() if name not in others}


def _named(module, uses) -> Iterator[tuple]:
    """Yield the patterns in a module's namespace, at most four containers, classes or objects deep."""
    for name, value in vars(module).items():
        if isinstance(value, type) and value.__module__ != module.__name__:
            continue  # imported from elsewhere
        for attribute, compiled in _within(value, module.__name__, 4, name):
            yield attribute, compiled, uses.get(attribute, ALL_METHODS)


def _within(value, module, depth, name) -> Iterator[tuple[str, re.Pattern]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth and isinstance(value, Mapping):
        for one in (*value.keys(), *value.values()):
            yield from _within(one, module, depth - 1, f"{name}[]")
    elif depth and isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from _within(one, module, depth - 1, f"{name}[]")
    elif depth and getattr(value if isinstance(value, type) else type(value), "__module__", "") == module:
        slots = getattr(type(value), "__slots__", ())
        parts = {one: getattr(value, one, None) for one in ([slots] if isinstance(slots, str) else slots)}
        for part, one in {**getattr(value, "__dict__", {}), **parts}.items():
            yield from _within(one, module, depth - 1, part)


def _in_place(module, source) -> Iterator[tuple]:
    """Yield the patterns of calls such as ``re.sub(…)``; a local variable in them counts as a word."""
    for node in ast.walk(ast.parse(source)) if _CALL.search(source) else ():
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        of, method = node.func.value, node.func.attr
        if not (isinstance(of, ast.Name) and of.id == "re" and hasattr(re, method) and method != "escape"):
            continue
        flag_at = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(method, 2)
        flags = [word.value for word in node.keywords if word.arg == "flags"] or node.args[flag_at:][:1]
        try:
            pattern = _evaluate(node.args[0], module)
            compiled = re.compile(pattern, _evaluate(flags[0], module) if flags else 0)
        except Exception:  # noqa: BLE001
            continue  # made of too many variables: the value is in a namespace
        yield f"{node.lineno}", compiled, frozenset() if method == "compile" else _methods([method])


def _evaluate(node, module):
    return eval(compile(ast.Expression(node), "", "eval"), vars(module), _Unknown(module))


def _methods(names) -> frozenset[str]:
    return frozenset(name if name in {"match", "fullmatch"} else "search" for name in names)


class _Part(NamedTuple):
    """A part of a pattern that may be repeated without end."""

    before: str
    """A text that matches everything before it."""
    bodies: list[str]
    """Texts that match it once."""


def hostile_texts(compiled: re.Pattern, size: int, method: str = "search") -> Iterator[str]:
    """Yield texts of about a size that a pattern nearly matches, for one way to use it."""
    tree = parser.parse(compiled.pattern, compiled.flags & ~re.DEBUG)
    ends = ("", "\x00") if method == "search" or isinstance(compiled.pattern, bytes) else ("\x00", "\n\x00")
    seen = set()
    for prefix, pump in islice(dict.fromkeys(_pumps(tree)), 36):
        for end in ends:
            text = prefix + pump * max(1, (size - len(prefix)) // len(pump)) + end
            if text not in seen:
                seen.add(text)
                yield text


def _pumps(tree) -> Iterator[tuple[str, str]]:
    parts = list(_parts(tree, ""))
    for part in parts:
        for body in part.bodies:
            yield part.before, body
            yield "", part.before + body
            if part.before[-1:]:
                yield part.before, part.before[-1] + body
    for whole in _texts(tree, 4):
        if whole:
            yield "", whole
    for before, after in pairwise(parts):
        for body in before.bodies[:3]:
            yield before.before, body + after.bodies[0]


def _parts(tree, before) -> Iterator[_Part]:
    """Yield the repeated parts of a parsed pattern, with a text for what stands before each."""
    for code, value in tree:
        if code in _REPEATS:
            _, most, inner = value
            if most == op.MAXREPEAT or most >= MANY:
                bodies = [text for text in _texts(inner, 8) if text]
                if bodies:
                    yield _Part(before, bodies)
            yield from _parts(inner, before)
        elif code is op.BRANCH:
            for branch in value[1]:
                yield from _parts(branch, before)
        elif code is op.SUBPATTERN:
            yield from _parts(value[3], before)
        elif code in {op.ASSERT, op.ASSERT_NOT}:
            yield from _parts(value[1], before)
        elif code is op.ATOMIC_GROUP:
            yield from _parts(value, before)
        before += next(iter(_texts([(code, value)], 1)), "")


_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


def _texts(tree, limit) -> list[str]:
    """Return some texts that a parsed pattern matches, apart from what it asserts."""
    results = [""]
    for code, value in tree:
        options = _options(code, value, limit)
        if len(options) == 1:
            results = [text + options[0] for text in results]
        elif options:
            results = [
                (results[i % len(results)]) + options[i % len(options)]
                for i in range(min(limit, len(options) * len(results)))
            ]
    return list(dict.fromkeys(results))


def _options(code, value, limit) -> list[str]:
    if code is op.LITERAL:
        return [chr(value)]
    if code in {op.NOT_LITERAL, op.ANY, op.IN, op.CATEGORY}:
        return _members(code, value)[:limit]
    if code is op.BRANCH:
        per = [_texts(branch, 2) for branch in value[1]]
        return [texts[i] for i in range(2) for texts in per if i < len(texts)][: max(limit, 1)]
    if code is op.SUBPATTERN:
        return _texts(value[3], limit)
    if code is op.ATOMIC_GROUP:
        return _texts(value, limit)
    if code in _REPEATS:
        times = value[0] or (1 if limit > 1 else 0)
        return [text * min(times, 1000) for text in _texts(value[2], limit)]
    return []


def _members(code, value) -> list[str]:
    """Return characters of a class: those that it names, and some of the usual ones."""
    single = re.compile(_class_text(code, value), re.DOTALL)
    named = []
    if code is op.IN:
        for kind, one in value:
            if kind is op.LITERAL:
                named.append(chr(one))
            elif kind is op.RANGE:
                named.append(chr(one[0]))
    wanted = dict.fromkeys([*named[:6], *SAMPLES, *named[6:12]])
    return [char for char in wanted if single.fullmatch(char)] or [
        chr(c) for c in range(0x100) if single.fullmatch(chr(c))
    ][:2]


_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _class_text(code, value) -> str:
    if code is op.ANY:
        return "."
    if code is op.NOT_LITERAL:
        return f"[^{re.escape(chr(value))}]"
    if code is op.CATEGORY:
        return _CATEGORIES[value]
    pieces = []
    for kind, one in value:
        if kind is op.NEGATE:
            pieces.append("^")
        elif kind is op.LITERAL:
            pieces.append(re.escape(chr(one)))
        elif kind is op.RANGE:
            pieces.append(f"{re.escape(chr(one[0]))}-{re.escape(chr(one[1]))}")
        elif kind is op.CATEGORY:
            pieces.append(_CATEGORIES[one])
    return f"[{''.join(pieces)}]"
