"""One raw message of the split feed becomes events, or a Rejection. Rule: nothing that a feed can send raises here."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from feeds.events import Event, Part, Split
from feeds.feed import Delivery
from feeds.reading import Rejection, Said, split_of
from feeds.seen import AnyEvent, Run
from feeds.stencil import Stencil, stencil
from feeds.text import clean

MESSAGE_LIMIT = 1 << 20
"""Bytes of one message."""
DOCUMENT_LIMIT = 16 << 20
"""Bytes of a polled document, which holds many."""

MOST_NAMES = 100
"""Unknown kinds and fields counted by name; a feed that invents more is counted under OTHERS."""
OTHERS = "…"

CUT_EVERY, MOST_STENCILS = 256, 8
"""Of so many splits that were validated one becomes a stencil, so the commonest do: to make one takes a millisecond."""

LEAST_FLOOD, LEAST_RUN = 256, 64
"""Messages that are worth reading at once, and of those the splits one after the other that are worth to be a run."""
MANY, FIRST_FLOOD = 4096, 512
"""Splits seen to be alike, and then messages together, before what reads them at once is loaded, which takes a while."""

_COLON, _TAB, _LF, _CR = b":\t\n\r"  # as numbers, for which bytes are searched several times faster
_ADAPTER: TypeAdapter[Event] = TypeAdapter(Event)
_validate = _ADAPTER.validator.validate_json  # the adapter's own method costs a tenth more


class Decoder:
    """Decodes canonical messages, and counts by name what a newer feed says and this one does not know."""

    question = ""

    def __init__(self) -> None:
        self.unknown_kinds: dict[str, int] = {}
        self.unknown_fields: dict[str, int] = {}
        self._stencils: list[Stencil] = []
        self._splits = self._alike = 0

    def __call__(self, raw: bytes, line: int = 0) -> tuple[AnyEvent, ...] | Rejection:
        """The events of a message: none where its kind is unknown."""
        if len(raw) > MESSAGE_LIMIT:
            return _reject(raw, line, "", f"longer than {MESSAGE_LIMIT >> 20} MiB: say it in several messages")
        for n, known in enumerate(self._stencils):
            split = known.read(str(raw, "ascii", "replace"))  # none has the mark of what was replaced
            if split is not None:
                self._alike += 1
                if n:  # what fitted last is tried first
                    self._stencils.insert(0, self._stencils.pop(n))
                return (split,)
        try:
            event = _validate(raw)
        except ValidationError as error:
            return self._refuse(raw, line, error)
        # Most messages are splits at a mat with a time: they need no second look.
        if not (event.kind == "split" and event.checkpoint and event.elapsed_s) and (missing := _missing(event)):
            return _reject(raw, line, missing.partition(" ")[0], f"is missing: give {missing}")
        # Every key brings a colon: with no more colons than fields that were set there is no other key.
        if raw.count(_COLON) != len(event.__pydantic_fields_set__) and not _is_plain(raw, event):
            try:
                self._count_unknown(event.kind, json.loads(raw, object_pairs_hook=_once, **_AS_TEXT), event)
            except ValueError as error:
                return _reject(raw, line, "", str(error))
        elif event.kind == "split":
            self._splits += 1
            if self._splits % CUT_EVERY == 0 and len(self._stencils) < MOST_STENCILS:
                self._cut(raw, event)
        return (event,)

    def _cut(self, raw: bytes, split: Split) -> None:
        if raw.isascii() and (known := stencil(raw.decode("ascii"), split)) is not None:
            self._stencils.insert(0, known)

    def read(self, delivery: Delivery) -> Said:
        """The events of a message, or of a document that is an array of messages."""
        if delivery.raw[:1] != b"[":
            return self(delivery.raw, delivery.line)
        if len(delivery.raw) > DOCUMENT_LIMIT:
            return _reject(delivery.raw, delivery.line, "", f"longer than {DOCUMENT_LIMIT >> 20} MiB")
        try:
            messages = json.loads(delivery.raw, object_pairs_hook=_once, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            return _reject(delivery.raw, delivery.line, "", f"not a JSON array of messages: {error}")
        said: list[AnyEvent | Rejection] = []
        for n, message in enumerate(messages):
            one = self(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass"), delivery.line)
            if isinstance(one, Rejection):
                said.append(replace(one, field=f"{n}.{one.field}".rstrip(".")))
            else:
                said += one
        return tuple(said)

    def read_all(self, deliveries: Sequence[Delivery]) -> Iterator[Run | tuple[Delivery, Said]]:
        """The same of many, in their order; splits as runs."""
        if self._alike < MANY or len(deliveries) < (LEAST_FLOOD if "numpy" in sys.modules else FIRST_FLOOD):
            yield from ((each, self.read(each)) for each in deliveries)
            return
        from feeds import bulk  # noqa: PLC0415 - loads numpy, which only a flood is worth

        found = bulk.read(self._stencils, [each.raw for each in deliveries])
        rest = {n: self.read(deliveries[n]) for n in sorted({*range(len(deliveries))} - {*found.rows.tolist()})}
        single = {n: split for n, said in rest.items() if (split := split_of(said)) is not None}
        whole = bulk.merged((found, bulk.splits(single)))
        begin = 0
        for run, first, end in whole.runs():
            yield from ((deliveries[n], rest[n]) for n in range(begin, first))
            if len(run) >= LEAST_RUN:
                yield run
            else:
                yield from ((deliveries[n], (split,)) for n, split in enumerate(run.each(), first))
            begin = end
        yield from ((deliveries[n], rest[n]) for n in range(begin, len(deliveries)))

    def _refuse(self, raw: bytes, line: int, error: ValidationError) -> tuple[AnyEvent, ...] | Rejection:
        details = error.errors(include_url=False)
        first = details[0]
        kind = first["input"].get("kind") if first["type"] == "union_tag_invalid" else None
        if isinstance(kind, str):
            _count(self.unknown_kinds, kind)
            return ()
        field, why = _explain(first)
        if len(details) > 1:
            why += f" (and {len(details) - 1} more)"
        return _reject(raw, line, field, why)

    def _count_unknown(self, path: str, said: Mapping[str, Any], part: Part) -> None:
        """Count the fields of a JSON object that its model does not know."""
        fields = type(part).model_fields
        for name, value in said.items():
            if name in fields:
                for inner, model in _parts(value, getattr(part, name)):
                    self._count_unknown(f"{path}.{name}", inner, model)
            else:
                _count(self.unknown_fields, f"{path}.{name}")


def schema() -> dict[str, Any]:
    """The JSON Schema of a message, generated from the models."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A message of the split feed, version 1",
        **_ADAPTER.json_schema(),
    }


def _is_plain(raw: bytes, event: Event) -> bool:
    """Whether a message has surely neither an unknown field nor one given twice, without reading it again.

    Instants and texts have colons too, so `":` is counted, which ends every key unless white space comes between.
    """
    spaced = b" :" in raw or _TAB in raw or _LF in raw or _CR in raw
    return not spaced and raw.count(b'":') == len(event.__pydantic_fields_set__)


def _missing(event: Event) -> str:
    """The field, or the choice of fields, without which a message of this kind says nothing."""
    match event.kind:
        case "split":
            if event.checkpoint is None and event.distance_m is None:
                return "checkpoint or distance_m"
            return "elapsed_s or at" if event.elapsed_s is None and event.at is None else ""
        case "void":
            return "checkpoint or distance_m" if event.checkpoint is None and event.distance_m is None else ""
        case "formation":
            return "from_m or at" if event.from_m is None and event.at is None else ""
        case "start" | "position" | "heartbeat":
            return "at" if event.at is None else ""
    return ""


def _explain(error: ErrorDetails) -> tuple[str, str]:
    """(field, why) of a pydantic error, in the words of somebody who writes a feed."""
    field = ".".join(str(step) for step in error["loc"][1:])  # the first step is the kind
    match error["type"]:
        case "json_invalid":
            return "", f"not JSON: {error['ctx']['error']}; a message is one object on one line, in UTF-8 without BOM"
        case "dict_type":
            return "", "not a JSON object: a message is written {…}"
        case "union_tag_not_found":
            return "kind", "is missing: say what the message is, such as race, athlete or split"
        case "union_tag_invalid":
            return "kind", "should be text, such as race, athlete or split"
        case "missing":
            return field, "is missing: it must be given"
        case "value_error":
            return field, clean(str(error["ctx"]["error"]), 200)
    why = error["msg"].replace("Input should", "should", 1)
    return field, f"{why}, not {clean(_shown(error['input']), 40)}"


def _shown(value: object) -> str:
    """A refused value as JSON, as far as a line of words has room for it."""
    match value:
        case str():
            return json.dumps(value[:80], ensure_ascii=False)
        case dict():
            return "an object"
        case list():
            return "an array"
    return json.dumps(value)


def _reject(raw: bytes, line: int, field: str, why: str) -> Rejection:
    return Rejection(line, clean(field, 80), why, raw[:160])


def _count(counts: dict[str, int], name: str) -> None:
    name = clean(name, 80)
    if name not in counts and len(counts) >= MOST_NAMES:
        name = OTHERS
    counts[name] = counts.get(name, 0) + 1


def _parts(said: Any, kept: object) -> Iterator[tuple[Mapping[str, Any], Part]]:
    """The models in a field, each with the JSON object that it was made from."""
    if isinstance(kept, Part):
        yield said, kept
    elif isinstance(kept, tuple):
        for inner, part in zip(said, kept, strict=True):
            yield from _parts(inner, part)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in said if names.count(name) > 1)
        raise ValueError(f"{clean(twice, 40)} is given twice: which one holds is not sure")
    return said


def _no_constant(name: str) -> str:
    raise ValueError(f"{name} is not JSON: leave out what is not known")


_AS_TEXT: dict[str, Any] = {"parse_int": str, "parse_float": str, "parse_constant": _no_constant}  # only names matter
