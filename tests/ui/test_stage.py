"""tracker.ui.stage: one place for the race's state, one handler that assigns it."""

from __future__ import annotations

import ast
from pathlib import Path

import tracker.ui


def test_one_handler_owns_the_change() -> None:
    """The app assigns the race's state when it starts and when a snapshot is taken; a screen takes it over once."""
    found = [
        (path.name, function.name)
        for path in Path(tracker.ui.__path__[0]).rglob("*.py")
        if path.name != "messages.py"
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr == "snapshot" and isinstance(node.ctx, ast.Store)
    ]
    assert sorted(found) == [("app.py", "__init__"), ("app.py", "on_snapshot_taken"), ("base.py", "follow")]
