"""The file of a plan: ``import … --plan FILE`` writes it, the user edits it, and the next run obeys it."""

from collections.abc import Iterable, Mapping

from clusterpress.content.serialise import write_scalar
from clusterpress.importing.plan import SKIP, TARGETS, Choice, Plan
from clusterpress.importing.records import ImportSourceError
from clusterpress.parsing.values import ParseResult, Value
from clusterpress.parsing.yaml_text import read_yaml
from clusterpress.values.problems import did_you_mean

_HEAD = """\
# What "clusterpress import" makes of the old site. Edit the words after "as", then run the import again
# with the same --plan. Types become one of: news, event, person, partner, cluster, programme, page,
# newsletter, skip. Keys become one of our front-matter keys, or: drop.
"""


def write_plan(plan: Plan) -> str:
    """Return the text of a plan's file."""
    return _HEAD + "".join(_block("kinds", plan.kinds) + _block("keys", plan.keys))


def _block(name: str, choices: Mapping[str, Choice]) -> list[str]:
    rows = (f"  {write_scalar(key)}: {_flow(choices[key])}\n" for key in sorted(choices))
    return [f"{name}:\n", *rows] if choices else [f"{name}: {{}}\n"]


def _flow(choice: Choice) -> str:
    examples = ", ".join(write_scalar(example, in_brackets=True) for example in choice.examples)
    target = write_scalar(choice.target, in_brackets=True) if choice.target else '""'
    return f"{{as: {target}, count: {choice.count}, examples: [{examples}]}}"


def read_plan(text: str, place: str) -> Plan:
    """Return the plan in a file; a type may also stand with its word only: ``post: news``.

    Raises:
        ImportSourceError: it is not YAML of this form, or names an unknown kind.
    """
    reading = read_yaml(text, place)
    if reading.problems:
        fault = reading.problems[0]
        raise ImportSourceError(place, fault.line, fault.message, fault.hint)
    plan = Plan()
    for name, choice in _choices(reading, place, "kinds"):
        if choice.target not in {*TARGETS, SKIP}:
            hint = did_you_mean(choice.target, [*TARGETS, SKIP], f"write {', '.join(TARGETS)} or {SKIP}")
            line = reading.lines.get(f"kinds.{name}", (1, 1))[0]
            raise ImportSourceError(place, line, f'"{choice.target}" is not a kind of item', hint)
        plan.kinds[name] = choice
    plan.keys = dict(_choices(reading, place, "keys"))
    return plan


def _choices(reading: ParseResult, place: str, name: str) -> Iterable[tuple[str, Choice]]:
    block = reading.values.get(name, {})
    if not isinstance(block, dict):
        line = reading.lines.get(name, (1, 1))[0]
        raise ImportSourceError(place, line, f'"{name}" is not a block', "compare it with a new plan")
    return [(key, Choice(_target(value))) for key, value in block.items()]


def _target(value: Value) -> str:
    word = value.get("as", "") if isinstance(value, dict) else value
    return word.strip() if isinstance(word, str) else ""
