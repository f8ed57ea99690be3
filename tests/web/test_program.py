"""tracker.web.program: the program in a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from tracker.web.program import Program, _bounded

QUICK = {"PYTHONASYNCIODEBUG": ""}
"""The program's own loop as it is for its users."""


class Shown:
    """What was drawn, and a moment when a word was."""

    def __init__(self) -> None:
        self.drawn = b""
        self.more = asyncio.Event()

    async def __call__(self, drawn: bytes) -> None:
        """More of it."""
        self.drawn += drawn
        self.more.set()

    async def until(self, word: bytes) -> None:
        """Once it was drawn."""
        async with asyncio.timeout(60):
            while word not in self.drawn:
                self.more.clear()
                await self.more.wait()


def alive(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def of(program: Program) -> int:
    """The id of its process."""
    assert program._process is not None
    return program._process.pid


async def test_it_draws_takes_keys_and_sizes_and_leaves_nothing() -> None:
    """The real screen at the size of the page; a key does what it does in a terminal; stopped, it is gone."""
    shown, program = Shown(), Program(["watch", "--", "vienna-2019"], {"PACELINE_AT": "25km", **QUICK})
    await program.start(120, 36)
    running = asyncio.create_task(program.run(shown))
    await shown.until(b"KIPCHOGE")
    await program.type(" ")
    await shown.until(b"PAUSED")
    shown.drawn = b""
    await program.resize(40, 24)
    await shown.until(b"\x1b[24;1H")
    assert b"\x1b[25;1H" not in shown.drawn
    await program.stop()
    await program.stop()
    assert await running == "" and not alive(of(program))


async def test_words_are_words_and_what_it_says_is_heard(capfd: pytest.CaptureFixture[str]) -> None:
    """A name made for a shell names a file that is not there, in one line."""
    program = Program(["watch", "--", "$(id);`id`'\" | sh.ndjson"], QUICK)
    await program.start(80, 24)
    said = await program.run(Shown())
    assert said.startswith("paceline: ") and "$(id);`id`'\" | sh.ndjson" in said
    assert capfd.readouterr().err.strip() == said
    await program.type("x")  # nobody is there, and nothing happens
    await program.stop()


async def test_a_deaf_program_is_ended_by_force() -> None:
    """One that answers nothing is gone after its time."""
    program = Program([], {}, patience_s=0.1)
    await program.stop()  # not begun: nothing to do
    await program.start(80, 24)
    os.kill(of(program), signal.SIGSTOP)
    await program.stop()
    assert not alive(of(program))


def test_a_size_has_bounds() -> None:
    """No page can ask for a screen that fills the memory, nor for none."""
    assert _bounded(10**9, 10**9) == (1000, 500) and _bounded(0, -1) == (1, 1) and _bounded(120, 36) == (120, 36)
