"""A profile in words."""

from __future__ import annotations

import tomllib

import pytest

from feeds.profiles.describe import describe, summary
from feeds.profiles.model import shipped_profiles


@pytest.mark.parametrize("profile", shipped_profiles(), ids=lambda profile: profile.name)
def test_every_question_stands_in_it_and_it_is_a_profile_still(profile) -> None:  # type: ignore[no-untyped-def]  # a profile
    """What is shown can be saved, changed and used; one line sums it up."""
    text = describe(profile)
    assert tomllib.loads(text) == tomllib.loads(profile.source)
    for name, question in profile.questions.items():
        assert question.what in text and (question.env or f"--set {name}=") in text
    assert summary(profile).startswith(profile.name) and "\n" not in summary(profile)
