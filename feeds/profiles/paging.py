"""The pages of an answer: what each is called, and whether another follows. Rule: who asks and who reads agree."""

from __future__ import annotations

import re
from typing import Any

from feeds.profiles.asking import Paging
from feeds.profiles.fields import Field

_PAGE = re.compile(r"(.*) (\d+)", re.DOTALL)


def page_name(group: str, page: int) -> str:
    """What a page of a group's is called; pages count from 1."""
    return f"{group} {page}"


def page_of(part: str) -> tuple[str, int] | None:
    """The group of pages that a page belongs to, and which of them it is; none for what is no page."""
    found = _PAGE.fullmatch(part)
    return (found[1], int(found[2])) if found is not None else None


def goes_on(paging: Paging | None, document: Any) -> bool:
    """Whether there may be another page behind this one."""
    rows = Field(paging.rows)(document) if paging is not None and paging.rows else None
    count = len(rows) if isinstance(rows, list | dict) else 0
    return paging is not None and count > 0 and (paging.size is None or count >= paging.size)
