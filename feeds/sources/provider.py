"""A provider asked round after round, as its profile says. Rule: every answer is delivered as it came; nobody is asked more
often than the profile and the answer itself allow."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from feeds.feed import Delivery, Link
from feeds.profiles.asking import Outcome, Request, Search, Step, without_padding
from feeds.profiles.fields import Field, filled, text_of
from feeds.profiles.paging import goes_on, page_name
from feeds.profiles.searching import NotOne, by_bib, by_name
from feeds.retry import Trouble
from feeds.sources.guard import DEFAULTS, HttpOptions, unencrypted
from feeds.sources.rounds import RoundFeed
from feeds.text import clean

if TYPE_CHECKING:
    import httpx

    from feeds.profiles.model import Profile
    from feeds.profiles.questions import Answers

LIVE = Link("live")


class ProviderFeed(RoundFeed):
    """A live feed of a provider. `athletes`: by bib or as the provider calls them; `name`: who is searched where it can be."""

    def __init__(
        self,
        profile: Profile,
        answers: Answers,
        options: HttpOptions = DEFAULTS,
        *,
        athletes: Sequence[str] = (),
        name: str = "",
        budget_per_h: int | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        assert profile.ask is not None, "only a profile that knows how to ask is asked"
        first = _filled(profile.ask.url, answers.open)
        super().__init__(
            first, options, period_s=profile.ask.period_s, secret=answers.has_secrets, budget_per_h=budget_per_h,
            transport=transport,
        )  # fmt: skip
        self._profile, self._ask = profile, profile.ask
        self._answers = answers
        self._athletes = list(athletes)
        self._wanted_name = name
        self._outcomes = [(Field(o.path), o) for o in self._ask.outcomes]
        self._seen: dict[str, bytes] = {}
        self._line = self._count = self._asked = 0
        others = [_filled(request.url, answers.open) for request in (*self._ask.steps, self._ask.search) if request]
        notices = (unencrypted(url, secret=answers.has_secrets) for url in others)
        self.notice = self.notice or next(filter(None, notices), "")

    async def _round(self) -> AsyncGenerator[Delivery | Link, None]:
        self._asked = 0
        for step in self._ask.steps:
            if self._is_due(step):
                body = await self._step(step)
                yield (
                    self._delivery(step.part, body, more=True) if step.part and self._is_new(step.part, body) else LIVE
                )
        if self._ask.search is not None and not self.vitals.runner and (self._athletes or self._wanted_name):
            await self._find(self._ask.search)
        changed: list[tuple[str, bytes]] = []
        async for part, body in self._pages():
            yield LIVE
            if self._is_new(part, body):
                changed.append((part, body))
        for n, (part, body) in enumerate(changed, 1):
            yield self._delivery(part, body, more=n < len(changed))
        self._count += 1

    async def _find(self, search: Search) -> None:
        """Who is followed, as the provider calls them."""
        pick, texts = (by_bib, self._athletes) if self._athletes else (by_name, [self._wanted_name])
        try:
            self._athletes = [pick(search, self._value(await self._one(search, {"text": t})), t) for t in texts]
        except NotOne as error:
            raise Trouble(str(error), code=3, permanent=True) from None
        self.vitals.runner = self._athletes[0]

    def _is_due(self, step: Step) -> bool:
        missing = any(name not in self._answers.all() for name in step.capture)
        return missing or self._count == 0 or bool(step.every and self._count % step.every == 0)

    async def _pages(self) -> AsyncIterator[tuple[str, bytes]]:
        """(part, body) of every answer of a round."""
        for athlete in self._groups():
            group = f"athlete {athlete}" if athlete else "page"
            paging = self._ask.paging
            for n in range(paging.max_pages if paging is not None else 1):
                page = paging.first + n * paging.step if paging is not None else 0
                more = {"page": str(page), **({"athlete": athlete} if athlete else {})}
                body = await self._one(self._ask, more)
                self._cadence(body)
                yield (group if paging is None else page_name(group, n + 1)), body
                if not goes_on(paging, self._value(body)):
                    break

    def _groups(self) -> Iterator[str]:
        """Who is asked for in each request; empty for everybody."""
        ask = self._ask
        if ask.athletes == "everybody":
            yield ""
            return
        followed = self._athletes or [a for a in (self._answers.open.get("athlete", ""),) if a]
        if not followed:
            raise Trouble(
                "is asked for one runner at a time: say whom with --athlete or --name", code=2, permanent=True
            )
        size = ask.most_joined if ask.athletes == "joined" else 1
        for at in range(0, len(followed), size):
            yield ask.joined_by.join(followed[at : at + size])

    async def _step(self, step: Step, more: dict[str, str] | None = None) -> bytes:
        """A request before the others; what it captures is known from now on."""
        body = await self._sent(step, more or {})
        value = self._value(body)
        for name, path in step.capture.items():
            found = text_of(Field(path)(value))
            if found is not None:
                self._answers.keep(name, found)
        return body

    async def _one(self, request: Request, more: dict[str, str]) -> bytes:
        """One answer. Denied once, the steps are repeated; denied twice is the end."""
        for attempt in (1, 2):
            body = await self._sent(request, more)
            outcome = self._outcome(body)
            if outcome is None or outcome[0].means == "empty":
                return body
            why = f"the provider says {clean(outcome[1], 80)}"
            if outcome[0].means == "failed" or attempt == 2:
                raise Trouble(why, code=1, permanent=outcome[0].means == "denied")
            for step in self._ask.steps:
                if step.capture:
                    await self._step(step)
        raise AssertionError("the second attempt returns or raises")

    def _outcome(self, body: bytes) -> tuple[Outcome, str] | None:
        if not self._outcomes:
            return None
        value = self._value(body)
        for field, outcome in self._outcomes:
            text = text_of(field(value))
            if text is not None and (not outcome.values or text in outcome.values):
                return outcome, text
        return None

    async def _sent(self, request: Request, more: dict[str, str]) -> bytes:
        self._asked += 1
        if self._asked > self._ask.most_requests:
            raise Trouble(f"needs more than {self._ask.most_requests} requests a round: follow fewer runners", code=1)
        said = {**self._answers.all(), **more}
        content, headers = None, {name: filled(text, said) for name, text in request.headers.items()}
        if request.form:
            content = urlencode({name: filled(text, said) for name, text in request.form.items()}).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif request.body:
            content = filled(request.body, {name: json.dumps(value)[1:-1] for name, value in said.items()}).encode()
            headers["Content-Type"] = "application/json"
        headers = {name: value for name, value in headers.items() if value}
        url = _filled(request.url, said)
        async with self._http.ask(url, method=request.method, headers=headers, content=content) as answer:
            return await answer.body()

    def _cadence(self, body: bytes) -> None:
        """The seconds between two rounds, where the answer tells them."""
        if self._ask.period_path:
            found = Field(self._ask.period_path)(self._value(body))
            if isinstance(found, int | float) and not isinstance(found, bool) and found > 0:
                self._pace.period_s = float(found)

    def _value(self, body: bytes) -> Any:
        try:
            return json.loads(without_padding(body) if self._ask.jsonp else body)
        except (ValueError, RecursionError):
            return None

    def _is_new(self, part: str, body: bytes) -> bool:
        return self._seen.get(part) != sha256(body).digest()

    def _delivery(self, part: str, body: bytes, *, more: bool) -> Delivery:
        self._seen[part] = sha256(body).digest()  # only now: of a round that fails half-way nothing was delivered
        self._line += 1
        return Delivery(body, self._line, part=part, more=more)


def _filled(template: str, said: dict[str, str]) -> str:
    """An address with its answers in place, each percent-encoded."""
    return filled(template, {name: quote(value, safe="") for name, value in said.items()})
