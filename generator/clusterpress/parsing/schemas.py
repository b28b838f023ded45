"""Describes our models to pydantic. Imported when the first values are checked.

The type hints of the models are the only description. A block of values is validated as a typed
dictionary and then turned into an instance, so that valid fields are available even if others have faults.
"""

from collections.abc import Collection, Mapping
from functools import cache, partial
from types import UnionType
from typing import Annotated, Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

from pydantic import (
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    TypeAdapter,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from typing_extensions import TypedDict

from clusterpress.parsing.hints import alternatives, field_names, is_model, required_fields, tags
from clusterpress.parsing.values import Readers
from clusterpress.values.texts import Name, Text


@cache
def adapter_of(model: type, reserved: frozenset[str]) -> TypeAdapter[dict[str, Any]]:
    """Return the validator of a model's fields except the ``reserved`` ones; all are optional."""
    return TypeAdapter(_block(model, reserved, required=frozenset()))


def _block(model: type, reserved: Collection[str], required: Collection[str]) -> Any:
    hints = get_type_hints(model)
    make: Any = TypedDict
    block = make(
        model.__name__,
        {
            name: (Required if name in required else NotRequired)[_shape(hints[name])]
            for name in field_names(model)
            if name not in reserved
        },
    )
    block.__pydantic_config__ = ConfigDict(extra="forbid", str_strip_whitespace=True)
    return block


def _shape(hint: Any) -> Any:
    """Return a type hint for pydantic that also accepts short spellings."""
    origin: Any = get_origin(hint)
    if is_model(hint):
        return _nested(hint)
    if origin is tuple:
        return Annotated[origin[_shape(get_args(hint)[0]), ...], BeforeValidator(_as_list)]
    if origin is Mapping:
        return origin[str, _shape(get_args(hint)[1])]
    if origin in (Union, UnionType) and all(map(is_model, alternatives(hint))):
        return _one_of(alternatives(hint))
    if origin in (Union, UnionType):
        return Union[tuple(_shape(part) for part in alternatives(hint))]  # noqa: UP007 - known at run time only
    return str | dict[str, str] if hint in (Text, Name) else hint


def _nested(model: Any) -> Any:
    block = _block(model, (), required_fields(model))
    return Annotated[block, WrapValidator(partial(_make, model))]


def _one_of(models: tuple[Any, ...]) -> Any:
    """Return a validator for several models, told apart by ``type``."""
    if len(models) == 1:
        return _nested(models[0])
    shapes = {tag: TypeAdapter(_nested(model)) for model in models for tag in tags(model)}
    make: Any = TypedDict
    tagged = make("Tagged", {"type": Required[Literal[tuple(shapes)]]})
    return Annotated[Any, PlainValidator(partial(_choose, TypeAdapter(tagged), shapes))]


def _choose(
    tagged: TypeAdapter[Any], shapes: Mapping[str, TypeAdapter[Any]], value: Any, info: ValidationInfo
) -> Any:
    """Make an instance of the model for a block's ``type``; errors keep their locations."""
    kind = tagged.validate_python(value)["type"]
    return shapes[kind].validate_python(value, context=info.context)


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _make(model: type, value: Any, check: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """Make an instance of a nested model; the caller's own reader comes first."""
    readers: Readers = info.context or {}
    if reader := readers.get(model):
        value = reader(value)
    return value if isinstance(value, model) else model(**check(value))
