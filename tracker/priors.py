"""The shipped parameters of the projection, read once. Rule: the core is given them, it reads no file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from tracker.race.projection.model import Model, from_json, ground_from_json

FOLDER = Path(__file__).parent / "data" / "projection"


@cache
def shipped() -> Model:
    """The model with every course that is known. ValueError where a file of the installation is no such thing."""
    return load(FOLDER)


def load(folder: Path) -> Model:
    """The model of a folder: `model.json`, and `courses/NAME.json` for every course whose offsets are known."""
    model = from_json(json.loads((folder / "model.json").read_bytes()))
    courses = sorted((folder / "courses").glob("*.json"))
    return model.with_grounds([ground_from_json(json.loads(path.read_bytes())) for path in courses])
