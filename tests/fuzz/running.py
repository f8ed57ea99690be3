"""Runs a fuzz target for a while: with atheris where that is installed, else by mutating what it starts from."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from time import monotonic

from feeds.text import clean

One = Callable[[bytes], None]


def harmless(text: str) -> bool:
    """Whether a line that is shown has nothing in it that the door for text from outside would change."""
    return clean(text, 10_000) == text


def mutated(choose: random.Random, seeds: Sequence[bytes]) -> bytes:
    """A seed with some of its bytes changed, cut, doubled, or joined to another."""
    data = bytearray(choose.choice(seeds) if seeds else b"")
    for _ in range(choose.randrange(1, 8)):
        at = choose.randrange(len(data) + 1)
        match choose.randrange(5):
            case 0:
                data[at:at] = choose.randbytes(choose.randrange(1, 6))
            case 1:
                del data[at : at + choose.randrange(1, 9)]
            case 2:
                data[at : at + 1] = bytes([choose.randrange(256)])
            case 3:
                data[at:at] = data[at : at + choose.randrange(1, 40)]
            case _:
                data += choose.choice(seeds or (b"",))
    return bytes(data[: 1 << 16])


def several(one: One, seeds: Sequence[bytes], count: int, seed: int = 0) -> None:
    """So many inputs, the same every time."""
    choose = random.Random(seed)
    for start in (b"", *seeds):
        one(start)
    for _ in range(count):
        one(mutated(choose, seeds))


def run(one: One, seeds: Sequence[bytes]) -> None:
    """The command line of a target: `--seconds N`."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=60.0)
    words = asked.parse_args()
    if find_spec("atheris") is not None:
        atheris = import_module("atheris")
        atheris.Setup([sys.argv[0], f"-max_total_time={words.seconds:g}"], one)
        atheris.Fuzz()
        return
    choose, count, until = random.Random(), 0, monotonic() + words.seconds
    while monotonic() < until:
        data = mutated(choose, seeds)
        try:
            one(data)
        except Exception:
            sys.stderr.write(f"failed on {data!r}\n")
            raise
        count += 1
    print(f"{sys.argv[0].rpartition('/')[2]}: {count} inputs in {words.seconds:g} s, none failed")
