"""What may be asked, what may come back, and what went wrong, in one line: the rules around every request.

Rule: one origin is asked, the one that the user named; no line holds a secret.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from feeds.feed import FeedError
from feeds.retry import Trouble
from feeds.sources.hosts import is_private
from feeds.text import clean, without_secrets

if TYPE_CHECKING:
    import httpx

PERMANENT = {400: 1, 401: 1, 403: 1, 404: 3, 410: 3}
"""Answers after which asking again makes no sense, and the exit code of each."""
WORDS = {400: "bad request", 401: "not allowed without a login", 403: "forbidden", 404: "not found", 410: "gone"}

MOST_REDIRECTS = 5
_SECRET = re.compile(r"token|secret|passw|pwd|api.?key|app.?id|^key$|auth|sign|session", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """How to ask. `headers` are the user's own and secret: they go to the first origin only, and are never shown.

    Seconds to the headers of an answer, and for a whole polled body.
    """

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    ca_file: str = ""
    headers_s: float = 10.0
    body_s: float = 30.0


DEFAULTS = HttpOptions()


def checked(url: str, schemes: tuple[str, ...] = ("http", "https")) -> httpx.URL:
    """An address that can be asked. FeedError, usage, in one line."""
    import httpx  # noqa: PLC0415 - as heavy as all the rest

    try:
        parts = httpx.URL(url)
        if parts.port is not None and not 0 < parts.port < 65536:
            raise ValueError(parts.port)
    except (httpx.InvalidURL, ValueError):
        raise FeedError(f"{without_secrets(url)}: not an address that can be asked", 2) from None
    if parts.scheme not in schemes or not parts.host:
        raise FeedError(f"{without_secrets(url)}: not an address; give {schemes[-1]}://host/path", 2)
    return parts


def unencrypted(url: str, *, secret: bool = False) -> str:
    """The line that its user should know of an address that is asked without encryption beyond this machine's own network;
    empty for any other. FeedError, usage, where a login, a token, or what else is `secret` would go there.
    """
    parts = checked(url, ("http", "https", "ws", "wss", "nats", "tls"))
    if parts.scheme in ("https", "wss", "tls") or is_private(parts.host):
        return ""
    shown = without_secrets(url)
    if secret or parts.userinfo or any(value and _SECRET.search(name) for name, value in parts.params.multi_items()):
        secured = "tls" if parts.scheme == "nats" else f"{parts.scheme}s"
        raise FeedError(f"{shown}: a login or key is not sent without encryption; give {secured}://…", 2)
    return f"{shown} is not encrypted: anybody on the way can change it"


def refusal(response: httpx.Response) -> Trouble | None:
    """What an answer of HTTP 400 and above means; none for any other."""
    status = response.status_code
    if status < 400:
        return None
    after_s = retry_after(response.headers) if status in (429, 503) else None
    return refused_with(status, after_s)


def refused_with(status: int, after_s: float | None = None) -> Trouble:
    """An HTTP status as trouble."""
    word = f"HTTP {status}" + (f": {WORDS[status]}" if status in WORDS else "")
    return Trouble(word, code=PERMANENT.get(status, 1), permanent=status in PERMANENT, after_s=after_s)


def redirected(here: httpx.URL, location: str, *, was_public: bool) -> httpx.URL:
    """Where a redirect leads, if it stays where the user sent us. Trouble otherwise. `was_public`: who sends us there."""
    import httpx  # noqa: PLC0415 - as above

    try:
        there = here.join(location) if location else None
    except (httpx.InvalidURL, ValueError):
        there = None
    if there is None:
        raise Trouble("redirects to no address", code=1, permanent=True)
    where = without_secrets(str(there))
    if there.scheme != here.scheme:
        raise Trouble(
            f"redirects to another scheme, {where}: give that address if you trust it", code=1, permanent=True
        )
    if was_public and is_private(there.host):
        raise Trouble(f"redirects into a private network, {where}: refused", code=1, permanent=True)
    if (there.host, there.port) != (here.host, here.port):
        raise Trouble(f"redirects to another host, {where}: give that address if you trust it", code=1, permanent=True)
    return there


def peer(response: httpx.Response) -> str:
    """The address that answered, where the transport tells."""
    stream: Any = response.extensions.get("network_stream")
    found = stream.get_extra_info("server_addr") if stream is not None else None
    return str(found[0]) if isinstance(found, tuple) and found else ""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds of Retry-After; a date is taken against the answer's own."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - parsedate_to_datetime(headers["date"])).total_seconds())
    except (ValueError, TypeError, KeyError, IndexError):
        return None


def trusted(options: HttpOptions) -> ssl.SSLContext:
    """The system's certificates, and the user's. FeedError where the file holds none."""
    context = ssl.create_default_context()
    if options.ca_file:
        try:
            context.load_verify_locations(options.ca_file)
        except (OSError, ssl.SSLError):
            raise FeedError(
                f"--ca-file {clean(options.ca_file, 200)}: no certificates can be read from it", 2
            ) from None
    return context


def trouble_of(error: Exception, options: HttpOptions) -> Trouble:
    """What a library raised, in one line without addresses."""
    import httpx  # noqa: PLC0415 - as above

    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None and cause not in causes:
        causes.append(cause)  # type: ignore[arg-type]  # a BaseException that is none is not chained here
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = clean(cause.verify_message or "unknown authority", 80)
            return Trouble(
                f"its certificate is not trusted: {why}; --ca-file adds an authority", code=1, permanent=True
            )
        if isinstance(cause, ssl.SSLError):
            return Trouble("the encrypted connection could not be made", code=5)
        if isinstance(cause, ConnectionRefusedError):
            return Trouble("connection refused")
        if isinstance(cause, ConnectionResetError | BrokenPipeError):
            return Trouble("connection reset")
    for words, why in (("resolution", "no such host"), ("Name or service", "no such host"), ("nodename", "no such host"),
                       ("No address", "no such host"), ("refused", "connection refused"), ("unreachable", "host unreachable")):  # fmt: skip
        if any(words in str(cause) for cause in causes):
            return Trouble(why)
    if isinstance(error, httpx.TimeoutException):
        return Trouble(f"timed out after {options.headers_s:g} s", code=4)
    if isinstance(error, httpx.RemoteProtocolError | httpx.DecodingError):
        return Trouble("the answer breaks off, or is not HTTP")
    if isinstance(error, httpx.NetworkError):
        return Trouble("the connection broke")
    return Trouble(f"cannot be asked ({type(error).__name__})", code=1)
