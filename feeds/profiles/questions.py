"""A profile's questions and the user's answers. Rule: a secret comes from the environment alone, and is shown nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from pydantic import SecretStr

from feeds.feed import FeedError
from feeds.profiles.asking import Question
from feeds.profiles.model import Profile
from feeds.text import clean


class Answers:
    """What is known of a profile's questions: `open` ones can be shown, secrets only be `filled` into a request."""

    def __init__(self, open_: Mapping[str, str], secrets: Mapping[str, SecretStr]) -> None:
        self.open = dict(open_)
        self._secrets = dict(secrets)

    def __repr__(self) -> str:
        return f"Answers({self.open})"

    @property
    def has_secrets(self) -> bool:
        """Whether any answer may be neither typed nor shown."""
        return bool(self._secrets)

    def all(self) -> dict[str, str]:
        """Everything, for a request and nothing else."""
        return {**self.open, **{name: secret.get_secret_value() for name, secret in self._secrets.items()}}

    def keep(self, name: str, value: str) -> None:
        """What a request before has captured: as secret as a token."""
        self._secrets[name] = SecretStr(value)


def answers(profile: Profile, given: Mapping[str, str], environ: Mapping[str, str], *, for_requests: bool) -> Answers:
    """The answers to a profile's questions. FeedError, usage, for what is missing, not asked, or a secret that was typed."""
    for name in given:
        if name not in profile.questions:
            near = get_close_matches(name, profile.questions, 1, 0.4)
            hint = f"did you mean {near[0]}?" if near else f"it asks {', '.join(profile.questions) or 'nothing'}"
            raise FeedError(f"--set {clean(name, 40)}: {profile.name} does not ask that; {hint}", 2)
        if profile.questions[name].secret:
            raise FeedError(f"--set {name}: a secret is not typed; set the variable {profile.questions[name].env}", 2)
    found: dict[str, str] = {}
    secrets: dict[str, SecretStr] = {}
    for name, question in profile.questions.items():
        value = environ.get(question.env) if question.secret else given.get(name, question.default)
        value = value or (None if for_requests else question.of_a_file)
        if value:
            if question.secret:
                secrets[name] = SecretStr(value)
            else:
                found[name] = value
        elif not question.optional and (for_requests or not question.requests):
            raise FeedError(missing(profile, name, question), 2)
    return Answers(found, secrets)


def missing(profile: Profile, name: str, question: Question) -> str:
    """What an answer is for, where it is found, and whether a stranger can get it."""
    how = f"set the variable {question.env}" if question.secret else f"give --set {name}=…"
    where = f", {question.where}" if question.where else ""
    stranger = f"; a stranger can get it: {question.stranger}" if question.stranger else ""
    return f"{profile.name} needs {name}: {question.what}{where}{stranger}; {how}"
