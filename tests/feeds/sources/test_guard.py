"""The rules around every request."""

from __future__ import annotations

import ssl
from pathlib import Path

import httpx
import pytest

from feeds.feed import FeedError
from feeds.retry import Trouble
from feeds.sources.guard import (
    DEFAULTS,
    HttpOptions,
    checked,
    redirected,
    refusal,
    retry_after,
    trouble_of,
    trusted,
    unencrypted,
)

PUBLIC = "https://93.184.216.34/feed"


@pytest.mark.parametrize(
    "url",
    ["https://", "ftp://example.org/x", "https://[::1", "nonsense", "http://127.0.0.1:99999/", "http://127.0.0.1:-1/"],
)
def test_what_is_no_address_is_wrong_usage(url: str) -> None:
    """Said at once, on one line."""
    with pytest.raises(FeedError) as error:
        checked(url)
    assert error.value.code == 2 and str(error.value).isprintable()


@pytest.mark.parametrize("scheme", ["http", "ws"])
@pytest.mark.parametrize("host", ["example.org", "93.184.216.34", "1572395042", "[2606:4700::1111]"])
def test_what_is_not_encrypted_is_told_and_takes_no_secret(scheme: str, host: str) -> None:
    """One rule for every scheme: a notice beyond one's own network, and neither login nor key there."""
    assert "is not encrypted" in unencrypted(f"{scheme}://{host}/feed?event=5")
    bad = [f"{scheme}://me:secret@{host}/feed", *(f"{scheme}://{host}/feed?{name}=secret" for name in
           ("api_key", "Token", "access_token", "appid", "key", "password", "X-Amz-Signature", "session"))]  # fmt: skip
    for url, secret in [*((url, False) for url in bad), (f"{scheme}://{host}/", True)]:
        with pytest.raises(FeedError, match=f"without encryption; give {scheme}s://") as error:
            unencrypted(url, secret=secret)
        assert error.value.code == 2 and "secret" not in str(error.value) and str(error.value).isprintable()
        assert unencrypted(url.replace(scheme, f"{scheme}s", 1), secret=secret) == ""


@pytest.mark.parametrize("url", ["http://127.1/?token=x", "ws://me:x@localhost/", "http://192.168.1.5:80/?key=x"])
def test_on_one_s_own_network_nothing_is_told(url: str) -> None:
    """There it is the user's own cable."""
    assert unencrypted(url, secret=True) == ""


@pytest.mark.parametrize(
    ("here", "there", "says"),
    [
        (PUBLIC, "http://93.184.216.34/feed", "another scheme"),
        ("http://93.184.216.34/feed", "https://93.184.216.34/feed", "another scheme"),
        (PUBLIC, "https://example.org/feed?token=secret", "another host"),
        (PUBLIC, "https://93.184.216.34:8443/feed", "another host"),
        (PUBLIC, "https://127.0.0.1/feed", "private network"),
        (PUBLIC, "https://[fe80::1]/feed", "private network"),
        (PUBLIC, "https://2130706433/feed", "private network"),
        (PUBLIC, "https://[64:ff9b::a00:1]/feed", "private network"),
        (PUBLIC, "https://example.org:x/", "no address"),
        (PUBLIC, "", "no address"),
        (PUBLIC, "file:///etc/passwd", "another scheme"),
    ],
)
def test_a_redirect_leads_nowhere_else(here: str, there: str, says: str) -> None:
    """Never to another scheme, another origin, or into a private network; the line holds no secret."""
    with pytest.raises(Trouble, match=says) as trouble:
        redirected(httpx.URL(here), there, was_public=True)
    assert trouble.value.permanent and trouble.value.code == 1 and "secret" not in str(trouble.value)


def test_a_redirect_within_the_origin_is_followed() -> None:
    """Also a relative one."""
    assert str(redirected(httpx.URL(PUBLIC), "/other", was_public=True)).endswith("/other")
    here = httpx.URL("http://127.0.0.1:8019/feed")
    assert str(redirected(here, "http://127.0.0.1:8019/x", was_public=False)) == "http://127.0.0.1:8019/x"


@pytest.mark.parametrize(
    ("status", "code", "permanent"),
    [(400, 1, True), (401, 1, True), (403, 1, True), (404, 3, True), (410, 3, True), (408, 1, False), (429, 1, False),
     (500, 1, False), (503, 1, False)],
)  # fmt: skip
def test_an_http_error_has_its_code(status: int, code: int, permanent: bool) -> None:
    """What cannot get better is not tried again; 204 and 304 are no errors."""
    trouble = refusal(httpx.Response(status))
    assert trouble is not None and (trouble.code, trouble.permanent) == (code, permanent)
    assert str(status) in str(trouble)
    assert refusal(httpx.Response(204)) is None and refusal(httpx.Response(304)) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "Mon, 23 Nov 2026 10:00:30 GMT", "date": "Mon, 23 Nov 2026 10:00:00 GMT"}, 30.0),
        ({"retry-after": "Mon, 23 Nov 2026 09:00:00 GMT", "date": "Mon, 23 Nov 2026 10:00:00 GMT"}, 0.0),
        ({"retry-after": "Mon, 23 Nov 2026 10:00:30 GMT"}, None),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(headers: dict[str, str], seconds: float | None) -> None:
    """A date counts from the answer's own, so that our clock does not matter."""
    assert retry_after(headers) == seconds


def test_retry_after_belongs_to_a_busy_server() -> None:
    """429 and 503 are asked again when they say; another error says nothing by it."""
    busy, other = (refusal(httpx.Response(s, headers={"retry-after": "9"})) for s in (503, 500))
    assert busy is not None and other is not None
    assert (busy.after_s, other.after_s) == (9.0, None)


def test_a_ca_file_that_holds_none_is_wrong_usage(tmp_path: Path) -> None:
    """And the system's own authorities are always trusted: nothing turns that off."""
    (tmp_path / "ca.pem").write_text("nothing", encoding="utf-8")
    with pytest.raises(FeedError, match="--ca-file") as error:
        trusted(HttpOptions(ca_file=str(tmp_path / "ca.pem")))
    assert error.value.code == 2
    context = trusted(DEFAULTS)
    assert context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname


def test_options_do_not_show_their_headers() -> None:
    """A token in a header stands in no repr."""
    assert "secret" not in repr(HttpOptions({"Authorization": "secret"}))


@pytest.mark.parametrize(
    ("cause", "says", "code"),
    [
        (ConnectionRefusedError(111, "x"), "connection refused", 5),
        (ConnectionResetError(104, "x"), "connection reset", 5),
        (OSError(-2, "Name or service not known"), "no such host", 5),
        (OSError(101, "Network is unreachable"), "host unreachable", 5),
        (ssl.SSLError(1, "wrong version"), "encrypted connection", 5),
    ],
)
def test_what_a_library_raises_becomes_one_line(cause: Exception, says: str, code: int) -> None:
    """By its cause, whichever exception it is wrapped in; the address is not in it."""
    error = httpx.ConnectError("https://example.org/?token=secret")
    error.__cause__ = cause
    trouble = trouble_of(error, DEFAULTS)
    assert says in str(trouble) and trouble.code == code and "secret" not in str(trouble)


def test_an_untrusted_certificate_says_what_helps() -> None:
    """It is not tried again, and the way to trust a club's own authority is named."""
    cause = ssl.SSLCertVerificationError(1, "x")
    cause.verify_message = "self-signed certificate"
    error = httpx.ConnectError("x")
    error.__cause__ = cause
    trouble = trouble_of(error, DEFAULTS)
    assert trouble.permanent and "self-signed" in str(trouble) and "--ca-file" in str(trouble)
