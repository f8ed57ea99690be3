"""What every test runs under: asyncio's debug mode, one hypothesis profile, no settings from the user's own machine."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ["PYTHONASYNCIODEBUG"] = "1"

# No deadline: the machines are shared and noisy. In CI a failure must come again when it is run again.
settings.register_profile(
    "paceline",
    deadline=None,
    max_examples=60,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("paceline")


@pytest.fixture(autouse=True, scope="session")
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the configuration and data of whoever runs it, nor sees their terminal's wishes."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        for name in os.environ.keys() - {"PACELINE_TESTS", "PACELINE_GOLDEN"}:
            if name.startswith("PACELINE_") or name in {"NO_COLOR", "TEXTUAL_ANIMATIONS", "COLUMNS", "LINES"}:
                patch.delenv(name)
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    """`@pytest.mark.needs("tmux")`: skipped with one line where it is missing, a failure under PACELINE_TESTS=all."""
    for mark in item.iter_markers("needs"):
        for program in mark.args:
            if shutil.which(program) is None and shutil.which(program, path=str(Path(sys.executable).parent)) is None:
                why = f"needs {program}, which is not installed"
                if os.environ.get("PACELINE_TESTS") == "all":
                    pytest.fail(f"{why} (PACELINE_TESTS=all)", pytrace=False)
                pytest.skip(why)
