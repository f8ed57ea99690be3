"""A profile in words, for whoever wants to use it."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.profiles.asking import Question
from feeds.profiles.model import Profile
from feeds.text import clean


def summary(profile: Profile) -> str:
    """One line."""
    return f"{profile.name:<11} {profile.title}: {profile.about}"


def describe(profile: Profile) -> str:
    """What it reads, what it asks of its user, how often it asks the provider, and the file itself."""
    return "\n".join([*_words(profile), "", profile.source.rstrip()])


def _words(profile: Profile) -> Iterator[str]:
    yield f"# {profile.title}: {profile.about}"
    if profile.match:
        yield "# links it knows:"
        yield from (f"#   {clean(match.link, 200)}" for match in profile.match)
    if profile.questions:
        yield "# it asks:"
        yield from (f"#   {line}" for name, question in profile.questions.items() for line in _question(name, question))
    if profile.ask is not None:
        floor = "or as the answer says" if profile.ask.period_path else "not more often"
        yield f"# asked every {profile.ask.period_s:g} s, {floor}; at most {profile.ask.most_requests} requests a round"
    else:
        yield "# it cannot ask; it reads a file, standard input or an address"


def _question(name: str, question: Question) -> Iterator[str]:
    how = f"variable {question.env}" if question.secret else f"--set {name}="
    needed = "optional" if question.optional else f"default {question.default}" if question.default else "needed"
    if needed == "needed" and question.requests:
        needed = "needed to ask"
    yield f"{how}  {question.what} ({needed})"
    if question.where or question.stranger:
        stranger = f"for a stranger: {question.stranger}" if question.stranger else ""
        yield "    " + "; ".join(filter(None, (question.where, stranger)))
