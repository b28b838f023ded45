"""No module depends on itself through others, not even for type annotations."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "generator" / "clusterpress"


def imports_of(root):
    """Return module → the modules of the package that it imports, anywhere in its file."""
    files = {name_of(file, root): file for file in root.rglob("*.py")}
    graph = defaultdict(set)
    for module, file in files.items():
        package = module if file.name == "__init__.py" else module.rpartition(".")[0]
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = (
                    ".".join(package.split(".")[: len(package.split(".")) + 1 - node.level])
                    if node.level
                    else ""
                )
                origin = ".".join(filter(None, (base, node.module)))
                # A name may be a module itself.
                names = [
                    full if (full := f"{origin}.{alias.name}") in files else origin for alias in node.names
                ]
            graph[module] |= {name for name in names if name in files and name != module}
    return graph


def name_of(file, root):
    parts = (root.name, *file.relative_to(root).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def cycles_of(graph):
    """Return the strongly connected groups of more than one module (Tarjan's algorithm)."""
    index, low, stack, found = {}, {}, [], []

    def visit(module):
        index[module] = low[module] = len(index)
        stack.append(module)
        for other in graph.get(module, ()):
            if other not in index:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], index[other])
        if low[module] == index[module]:
            at = stack.index(module)
            group = frozenset(stack[at:])
            del stack[at:]
            if len(group) > 1:
                found.append(group)

    for module in list(graph):
        if module not in index:
            visit(module)
    return found


def test_no_imports_go_in_a_circle():
    assert [sorted(one) for one in cycles_of(imports_of(PACKAGE))] == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a": "import pkg.b", "b": ""}, []),
        ({"a": "from pkg import b", "b": "from pkg.a import x"}, [{"pkg.a", "pkg.b"}]),
        ({"a": "from . import b", "b": "from .a import x"}, [{"pkg.a", "pkg.b"}]),
        (
            {"a": "if TYPE_CHECKING:\n    from pkg.b import x", "b": "def f():\n    import pkg.a"},
            [{"pkg.a", "pkg.b"}],
        ),
        ({"a": "import pkg.b", "b": "import pkg.c", "c": "import pkg.a"}, [{"pkg.a", "pkg.b", "pkg.c"}]),
    ],
)
def test_a_circle_is_found_wherever_the_import_stands(tmp_path, files, expected):
    root = tmp_path / "pkg"
    root.mkdir()
    (root / "__init__.py").write_text("")
    for name, text in files.items():
        (root / f"{name}.py").write_text(text)
    assert cycles_of(imports_of(root)) == expected
