"""A recorder that is killed at any moment: what it acknowledged is on the tape, and the tape can be gone on with."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from feeds.feed import Delivery, Link
from feeds.sources.tape import read

CHILD = """
import sys
from pathlib import Path
from feeds.feed import Delivery
from feeds.record import Recorder, begun
recorder = Recorder(Path(sys.argv[1]), begun(0.0, "kills"), utc_s=0.0)
first = int(sys.argv[2])
for n in range(first, first + 1_000_000):
    recorder.write(Delivery(b'{"n": %d, "pad": "%s"}' % (n, b"x" * (n * 37 % 900)), n), float(n), n / 1000)
    sys.stdout.write(f"{n}\\n")
    sys.stdout.flush()
"""


def killed(tape: Path, first: int, after: int) -> int:
    """Record numbers from `first` on, kill the recorder once it has acknowledged so many; the last one acknowledged."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tape), str(first)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    last = first - 1
    for line in child.stdout:
        last = int(line)
        if last - first >= after:
            break
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read().splitlines()  # acknowledged, and not read yet
    whole = [line for line in rest if line.isdigit()]
    child.wait()
    child.stdout.close()
    return int(whole[-2]) if len(whole) > 1 else last  # the last word may be cut


def run(rounds: int, folder: Path, seed: int = 0) -> tuple[int, int, int]:
    """(lost, torn tails, messages) of so many kills of one tape."""
    choose, tape = random.Random(seed), folder / "tape"
    acknowledged: set[int] = set()
    lost = torn = first = 0
    for _ in range(rounds):
        last = killed(tape, first, choose.randrange(1, 400))
        acknowledged |= set(range(first, last + 1))
        items = list(read(tape))
        torn += sum(isinstance(item, Link) and item.state == "torn" for item in items)
        found = {int(item.raw[6:].partition(b",")[0]) for item in items if isinstance(item, Delivery)}
        lost = len(acknowledged - found)
        first = max(found) + 1
    return lost, torn, len(acknowledged)


def main(rounds: int) -> int:
    """Run and report; 1 if anything was lost."""
    with tempfile.TemporaryDirectory() as folder:
        lost, torn, messages = run(rounds, Path(folder))
    print(f"kills {rounds} · acknowledged {messages} · lost {lost} · torn tails set aside {torn}")
    return 1 if lost or torn > rounds else 0
