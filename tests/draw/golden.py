"""Frames kept as text in `golden/`. `PACELINE_GOLDEN=write` writes them anew, to be looked at before they are kept."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    """The text is the one kept under that name."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("PACELINE_GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    assert text + "\n" == kept, f"{path.name} differs; PACELINE_GOLDEN=write pytest {__name__} writes it anew"
