"""Random edits of a large site, each built and compared with a clean build of the same sources."""

from tests.sites.random_edits import Editor
from tests.torture.kills import LIMIT, compare_with_clean, edit, words
from tests.torture.row import Row
from tests.torture.warm import command, run, warm_up, workplace

TRIALS = {"tiny": 1, "small": 30, "full": 500}


def main(seed: int, size: str) -> Row:
    """Run the part; see `Row`."""
    row = Row("edits")
    warm_up()
    with workplace() as folder:
        editor = Editor(folder / "site", 6 if size == "tiny" else 25, seed)
        run(command(words(editor)), LIMIT)
        for number in range(TRIALS[size]):
            name = f"seed {seed}, edit {number}: {edit(editor)}"
            outcome = run(command(words(editor)), LIMIT)
            row.trials += 1
            if outcome.is_hung or outcome.is_broken or outcome.code:
                kind = "hangs" if outcome.is_hung else "tracebacks" if outcome.is_broken else "lost_sites"
                row.count(kind, f"{name}: code {outcome.code}: {outcome.gist}")
                continue
            compare_with_clean(row, name, editor, folder / "clean")
    return row
