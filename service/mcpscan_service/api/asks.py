"""What the scan API is asked, as models: the envelopes around what is scanned."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, StrictInt, StrictStr, ValidationError, WithJsonSchema

from mcpscan.surface import Kind, Repeated
from mcpscan.text import visible
from mcpscan_service.guard.settings import Model
from mcpscan_service.problem import ProblemError

NAME = 200
"""Characters of a name that a caller gives to what is scanned."""


def _document(value: object) -> object:
    if not isinstance(value, dict | list):
        raise ValueError("an object or an array is expected")  # noqa: TRY004 - what pydantic takes for a wrong value
    return value


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("a string is expected")  # noqa: TRY004 - what pydantic takes for a wrong value
    return value


def _object(value: object) -> object:
    if not isinstance(value, dict):
        raise ValueError("an object is expected")  # noqa: TRY004 - what pydantic takes for a wrong value
    return value


def _tool(value: object) -> object:
    if not isinstance(value, str | dict):
        raise ValueError("the name of a tool or its definition is expected")  # noqa: TRY004 - see above
    return value


# Checked and not copied: pydantic's own types would lose members that stand twice, and refuse lone surrogates.
Document = Annotated[Any, AfterValidator(_document), WithJsonSchema({"type": ["object", "array"]})]
Text = Annotated[Any, AfterValidator(_text), WithJsonSchema({"type": "string"})]
Object = Annotated[Any, AfterValidator(_object), WithJsonSchema({"type": "object"})]
Tool = Annotated[Any, AfterValidator(_tool), WithJsonSchema({"type": ["string", "object"]})]


class TextAsk(Model):
    """One text, and what it is in MCP's terms."""

    text: Text
    kind: Kind = Kind.TOOL_DESCRIPTION


class ResultAsk(Model):
    """What came back from a call, and the tool that was called: its name, or its definition."""

    result: Document
    tool: Tool = ""


class ChangeAsk(Model):
    """Two versions of one document."""

    old: Document
    new: Document
    name: str = Field(default="", max_length=NAME)


Method = Literal["manifest", "result", "text", "message", "change"]


class Row(Model):
    """One line of a batch. `method` may be left out: the member that is there says it.

    Exactly one of `manifest`, `result`, `text`, `message`, or `old` with `new`; `id` comes back with the answer.
    """

    id: StrictInt | Annotated[StrictStr, Field(max_length=NAME)] | None = None
    method: Method | None = None
    name: str = Field(default="", max_length=NAME)
    manifest: Document = None
    result: Document = None
    tool: Tool = ""
    text: Text = None
    kind: Kind | None = None
    message: Object = None
    old: Document = None
    new: Document = None


AnyModel = TypeVar("AnyModel", bound=Model)


def checked(model: type[AnyModel], value: object) -> AnyModel:
    """A value as a model, its inner values untouched. Raises `ProblemError` with every member that is wrong.

    A member that stands twice is refused: only one of the two would be scanned.
    """
    if not isinstance(value, dict):
        raise invalid([("", "a JSON object is expected")])
    if isinstance(value, Repeated):
        raise invalid([("", "a member stands twice in the object")])
    try:
        return model.model_validate(value)
    except ValidationError as problem:
        raise invalid(_wrong(problem)) from None


def invalid(wrong: list[tuple[str, str]]) -> ProblemError:
    """The problem of a body that is not what is asked for."""
    return ProblemError("invalid", wrong[0][1] if wrong else "", tuple(wrong))


def _wrong(problem: ValidationError) -> list[tuple[str, str]]:
    found = problem.errors(include_url=False, include_context=False, include_input=False)
    return list(
        dict.fromkeys(
            (_pointer(each["loc"][:1]), visible(each["msg"].removeprefix("Value error, "))) for each in found[:20]
        )
    )


def _pointer(steps: tuple[int | str, ...]) -> str:
    return "".join("/" + visible(str(step)[:80]).replace("~", "~0").replace("/", "~1") for step in steps)
