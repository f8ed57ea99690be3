"""What is wrong with a profile, in the words of somebody who writes one. Rule: one line, with line, key and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from feeds.text import clean


def explain(errors: Sequence[ErrorDetails], text: str, model: type[BaseModel]) -> str:
    """The error that tells most, an unknown key before what is missing for want of it; how many more there are."""
    error = next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])
    path = list(error["loc"])
    match error["type"]:
        case "extra_forbidden":
            why = f"unknown key{_nearest(path, model)}"
        case "missing":
            why = "is missing"
        case "value_error":
            why = str(error["ctx"]["error"])
        case _:
            why = error["msg"].replace("Input should", "should", 1)
    line = _line(text, [str(step) for step in path if isinstance(step, str)])
    key = clean(".".join(map(str, path)), 80)
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{f'line {line}: ' if line else ''}{f'{key}: ' if key else ''}{clean(why, 200)}{more}"


def _nearest(path: Sequence[str | int], top: type[BaseModel]) -> str:
    """What an unknown key may have been meant to be, of the keys of its section."""
    model: type[BaseModel] | None = top
    for step in path[:-1]:
        if isinstance(step, str) and model is not None:
            field = model.model_fields.get(step)
            # What is no field is the name of one among several, such as a question's.
            model = next(_models(field.annotation), None) if field else model
    keys = list(model.model_fields) if model is not None else []
    near = get_close_matches(str(path[-1]), keys, 1, 0.5)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(keys)}" if keys else ""


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in an annotation such as `tuple[Filter, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models(part)


def _line(text: str, names: Sequence[str]) -> int:
    """Where a key most likely stands in the file, from 1; 0 where that cannot be told."""
    lines, at = text.splitlines(), -1
    for depth, name in enumerate(names):
        header = re.compile(rf"\s*\[+\s*{re.escape('.'.join(names[: depth + 1]))}\s*\]")
        entry = re.compile(rf"(.*[{{,])?\s*[\"']?{re.escape(name)}[\"']?\s*=")
        found = (n for n in range(max(at, 0), len(lines)) if header.match(lines[n]) or entry.match(lines[n]))
        at = next(found, at)
    return at + 1
