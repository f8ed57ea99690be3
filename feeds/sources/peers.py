"""Who is at the other end. Rule: the address that is used is judged, before anything is said to it, not the name."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence

from feeds.retry import Trouble
from feeds.sources.hosts import is_private

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a name. OSError where it has none."""


class Peers:
    """The addresses behind one feed. Once one of them was public, none on a private network is told anything: a name may
    lead elsewhere at the second look.
    """

    def __init__(self) -> None:
        self.was_public = False

    def judge(self, address: str, *, sent_there: bool = False) -> None:
        """Take an address that is about to be used. Trouble for a private one after a public one.

        `sent_there`: by a redirect, so that trying again makes no sense.
        """
        if not address:
            return
        if not is_private(address):
            self.was_public = True
        elif self.was_public:
            how = "redirects" if sent_there else "its name leads, as of now,"
            raise Trouble(f"{how} into a private network: refused", code=1, permanent=sent_there)


async def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a name as the system knows them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(info[4][0]) for info in found]


async def dialled(host: str, port: int, judge: Callable[[str], None], resolve: Resolve = resolved) -> socket.socket:
    """A connection to the first address of a name that takes it, each judged before it is used. OSError, or Trouble."""
    failed = OSError(f"No address of {host}")
    for address in await resolve(host, port):
        judge(address)
        made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        made.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(made, (address, port))
        except OSError as error:
            made.close()
            failed = error
        except BaseException:
            made.close()
            raise
        else:
            return made
    raise failed
