"""A process that builds one pydantic model and one adapter, and uses it once."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, TypeAdapter


class Split(BaseModel):
    """The least that a split says."""

    model_config = ConfigDict(frozen=True, strict=True)
    athlete: str
    elapsed_s: float


if __name__ == "__main__":
    TypeAdapter(Split).validate_json('{"athlete": "a", "elapsed_s": 1}')
