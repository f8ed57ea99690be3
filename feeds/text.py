"""The one door for text from outside. Rule: no string of a feed is kept or shown that did not pass here.

Loads no pydantic of its own, so that a line about a file's name can use the same door.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from unicodedata import category, east_asian_width, normalize

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

NAME_CELLS = 64
PROSE_CELLS = 500
REPLACEMENT = "\ufffd"  # shown, so that tampering is seen

_MOST_MARKS = 2  # combining marks on a base
# Controls, bidi and zero-width, surrogates, separators; noncharacters and all else whose width nobody can know yet.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"})
_INVISIBLE = frozenset("\u034f\u115f\u1160\u3164\uffa0")  # a joiner and fillers: letters to Unicode, nothing to the eye
_HINTS = "\ufe0e\ufe0f"  # text or emoji? Terminals do not agree how wide that makes what is before
# Vowels and finals inside a Hangul syllable, tones of skin: no marks to Unicode, but no cell of their own either.
_joins = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb\U0001f3fb-\U0001f3ff]").match


def clean(text: str, most_cells: int = NAME_CELLS) -> str:
    """Text that cannot steer a terminal: NFC, what is unsafe as U+FFFD, cut to `most_cells` cells with `…`."""
    if len(text) <= most_cells and text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = used = fits = 0  # `fits`: how much of `kept` leaves a cell for the ellipsis
    for char in normalize("NFC", _bounded(text, most_cells)):
        if kept and _is_mark(char):
            marks += 1
            if marks > _MOST_MARKS:
                continue
            kept.append(char)
        else:
            marks = 0
            kept.append(char if _is_safe(char) else REPLACEMENT)
            used += 2 if east_asian_width(kept[-1]) in "WF" else 1
        if used > most_cells:
            return "".join(kept[:fits]) + "…"
        if used < most_cells:
            fits = len(kept)
    return "".join(kept)


def without_secrets(address: str, most_cells: int = 200) -> str:
    """An address as it may be shown: without user, password, query and fragment."""
    scheme, mark, rest = address.partition("://")
    if not mark:
        return clean(address, most_cells)
    bare = re.split(r"[?#]", rest, maxsplit=1)[0]
    host, slash, path = bare.partition("/")
    return clean(f"{scheme}://{host.rpartition('@')[2]}{slash}{path}", most_cells)


def _is_mark(char: str) -> bool:
    """Whether a character stands on the one before it and takes no cell of its own."""
    return (category(char)[0] == "M" or _joins(char) is not None) and char not in _INVISIBLE


def _is_safe(char: str) -> bool:
    """A mark is not: it would stand on whatever the screen shows before the text."""
    return not (category(char) in _UNSAFE or _is_mark(char) or char in _INVISIBLE)


def _bounded(text: str, most_cells: int) -> str:
    """As much as can matter. NFC sorts a run of marks in quadratic time, so runs end at eight before it sees them."""
    kept: list[str] = []
    run = 0
    for char in text:
        if char in _HINTS:
            continue
        run = run + 1 if _is_mark(char) else 0
        if run <= 8:
            kept.append(char)
            if len(kept) > 16 * most_cells:
                break
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class _Clean:
    """Text as a pydantic type: printable ASCII is accepted without calling Python, all else goes through `clean`."""

    cells: int
    exact: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        from pydantic_core import core_schema  # noqa: PLC0415 (a file's name is cleaned without pydantic)

        plain = core_schema.str_schema(
            pattern=r"^[ -~]*$", min_length=int(self.exact), max_length=self.cells, strict=True
        )
        other = core_schema.no_info_after_validator_function(self._check, core_schema.str_schema(strict=True))
        wanted = f"an id: 1 to {self.cells} cells of text without control characters" if self.exact else "text"
        return core_schema.union_schema(
            [plain, other],
            mode="left_to_right",
            custom_error_type="text",
            custom_error_message=f"Input should be {wanted}",
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1} if self.exact else {"type": "string"}

    def _check(self, text: str) -> str:
        cleaned = clean(text, self.cells)
        if self.exact and (not text or cleaned != normalize("NFC", text[: 16 * self.cells])):
            raise ValueError("not an id")
        return cleaned


Text = Annotated[str, _Clean(NAME_CELLS)]
"""A name: cut where it is too long."""

Id = Annotated[str, _Clean(NAME_CELLS, exact=True)]
"""What names a thing. Cutting or repairing would let two ids fall together, so what would need it is refused."""

Prose = Annotated[str, _Clean(PROSE_CELLS)]
"""A sentence for people."""
