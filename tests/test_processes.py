"""Other programs are started in few places, with lists of words, and no value can be read as an option."""

import ast
from pathlib import Path

import pytest

import clusterpress
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.targets.git import _Git

PACKAGE = Path(clusterpress.__file__).parent
STARTS = {
    "subprocess": {"run", "Popen", "call", "check_call", "check_output", "getoutput", "getstatusoutput"},
    "os": {"system", "popen", "startfile", "posix_spawn", "posix_spawnp", "execv", "execve", "execvp", "execl", "execlp", "spawnv", "spawnl"},
    "asyncio": {"create_subprocess_exec", "create_subprocess_shell"},
    "pty": {"spawn"},
    "webbrowser": {"open", "open_new", "open_new_tab"},
    "click": {"launch", "edit"},
}  # fmt: skip
KNOWN = {
    ("cli/browser.py", "webbrowser.open"): "an address that begins with file: or http:",
    ("cli/handbook.py", "webbrowser.open"): "an address that begins with file:",
    ("cli/prompts.py", "click.edit"): "a full path",
    ("cli/prompts.py", "os.startfile"): "a full path",
    ("pipeline/search_index.py", "subprocess.Popen"): "Pagefind",
    ("publishing/targets/git.py", "subprocess.run"): "Git",
    ("publishing/targets/git.py", "subprocess.Popen"): "Git",
    ("sources/git.py", "subprocess.run"): "Git",
}
"""Module and call → the program, or what the reader's own program opens."""
OURS = {"str(get_executable())", "f'{name}:./{path}'"}
"""Words that are no constants: a full path from our own code, and a commit that was checked to be one."""


def calls():
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        bare = {
            one.asname or one.name: node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module in STARTS
            for one in node.names
            if one.name in STARTS[node.module]
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            match node.func:
                case ast.Attribute(value=ast.Name(id=module), attr=name) if name in STARTS.get(module, ()):
                    yield file.relative_to(PACKAGE).as_posix(), f"{module}.{name}", node
                case ast.Name(id=name) if name in bare:
                    yield file.relative_to(PACKAGE).as_posix(), f"{bare[name]}.{name}", node


def test_other_programs_are_started_in_known_places_alone():
    assert {(path, name) for path, name, _ in calls()} == KNOWN.keys()


def test_no_program_is_started_by_a_shell():
    for path, name, node in calls():
        assert not {"shell", "executable", "preexec_fn"} & {one.arg for one in node.keywords}, (path, name)
        assert not any(isinstance(one, ast.Constant | ast.JoinedStr) for one in node.args), (path, name)


def unchecked(words):
    """Yield each word that is no constant, unless it is the argument of an option before it."""
    before = None
    for word in words:
        is_ours = isinstance(word, ast.Constant) or (
            isinstance(word, ast.JoinedStr) and isinstance(word.values[0], ast.Constant)
        )
        if not (
            is_ours
            or (isinstance(before, ast.Constant) and before.value in {"-p", "-m", "--pack-destination"})
        ):
            yield word
        before = word


def named(tree, name):
    """Return the values that are assigned to a name."""
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name
    ]


def starred(tree, name):
    """Return the words that stand for a starred name: those assigned to it, or given to the function it is of."""
    if made := [one for one in named(tree, name) if isinstance(one, ast.List | ast.Tuple)]:
        return made[0].elts
    functions = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.args.vararg and node.args.vararg.arg == name
    }
    # Other modules may call a public function, and hand on words that they were given themselves.
    shared = [one for one in functions if not one.startswith("_")]
    trees = [ast.parse(file.read_text("utf-8")) for file in PACKAGE.rglob("*.py")] if shared else [tree]
    calls_of = [
        (one, node)
        for one in trees
        for node in ast.walk(one)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in functions
    ]
    assert calls_of
    words = [(one, word) for one, call in calls_of for word in call.args[1:]]
    handed_on = [starred(one, word.value.id) for one, word in words if ast.unparse(word) == "*words"]
    own = [word for _, word in words if ast.unparse(word) not in {"*revisions", "*words"}]
    return [*own, *(word for given in handed_on for word in given)]


def test_the_words_of_each_command_are_ours():
    for path, name, node in calls():
        if not name.startswith("subprocess"):
            continue
        words, tree = node.args[0], ast.parse((PACKAGE / path).read_text("utf-8"))
        if isinstance(words, ast.Name):  # a list that was made just before
            (words,) = named(tree, words.id)
        if isinstance(words, ast.List):
            for word in [*unchecked(words.elts)]:
                made = starred(tree, word.value.id) if isinstance(word, ast.Starred) else [word]
                assert {ast.unparse(one) for one in unchecked(made)} <= OURS, path
        else:
            assert KNOWN[path, name] == "Git"


def test_git_gets_values_of_others_by_a_checked_argument_alone():
    tree = ast.parse((PACKAGE / "publishing/targets/git.py").read_text("utf-8"))
    found = 0
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr="run" | "ask" | "line"), args=words) if (
                "git" in ast.unparse(owner)
            ):
                found += 1
                flat = [
                    one
                    for word in words
                    for one in (
                        word.value.elts
                        if isinstance(word, ast.Starred) and isinstance(word.value, ast.Tuple)
                        else [word]
                    )
                ]
                for word in unchecked(flat):
                    assert isinstance(word, ast.Starred), ast.unparse(node)
                    if word.value.id != "words":
                        made = [one for value in named(tree, word.value.id) for one in ast.walk(value)]
                        tuples = [one for one in made if isinstance(one, ast.Tuple)]
                        assert tuples, ast.unparse(node)
                        assert not [*unchecked([part for one in tuples for part in one.elts])], ast.unparse(
                            node
                        )
    assert found > 8


@pytest.mark.parametrize("value", ["--upload-pack=touch x", "-o", "a\0b"])
def test_a_value_that_git_would_read_as_an_option_is_refused(value, tmp_path):
    with pytest.raises(PublishError, match="would be an option"):
        _Git(tmp_path, {}).run("ls-remote", "--", values=("origin", value))
