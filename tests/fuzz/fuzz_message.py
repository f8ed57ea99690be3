"""A message: it becomes events or one refusal that can be printed, whatever it is."""

from __future__ import annotations

from feeds.decode import CUT_EVERY, Decoder
from feeds.feed import Delivery
from feeds.reading import Rejection
from feeds.seen import full
from tests.fuzz.running import harmless, run

SEEDS = (
    b'{"kind":"split","athlete":"a","checkpoint":"5km","elapsed_s":850.5,"at":"2019-10-12T08:15:00+02:00"}',
    b'[{"kind":"end"},{"kind":"race","id":"r","name":"R","checkpoints":[{"id":"5km","distance_m":5000}]}]',
    b'{"kind":"note","text":"\\ud800\\u202e"}',
)


ALIKE = Decoder()
for _ in range(CUT_EVERY):
    ALIKE(SEEDS[0])


def one(data: bytes) -> None:
    """One message, to a decoder that knows nothing, and to one that has seen many like the first."""
    said = Decoder().read(Delivery(data, 1))
    alike = ALIKE.read(Delivery(data, 1))
    if isinstance(alike, tuple):
        assert isinstance(said, tuple)
        assert [e if isinstance(e, Rejection) else full(e) for e in alike] == list(said)
    else:
        assert alike == said
    for event in said if isinstance(said, tuple) else (said,):
        assert not isinstance(event, Rejection) or (harmless(str(event)) and harmless(event.raw_start))


if __name__ == "__main__":
    run(one, SEEDS)
