"""Which provider a link of a race's own page belongs to, and what the link answers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feeds.profiles.model import Profile


def recognise(link: str, profiles: Iterable[Profile]) -> tuple[Profile, dict[str, str]] | None:
    """The first profile that knows such links, and its answers out of this one; none where none does."""
    for profile in profiles:
        for match in profile.match:
            found = re.fullmatch(match.link, link)
            if found is not None:
                return profile, {name: value for name, value in found.groupdict().items() if value}
    return None
