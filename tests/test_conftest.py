"""What the suite promises about itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEEDY = """
import pytest

@pytest.mark.needs("no-such-program")
def test_needy() -> None:
    assert True
"""


def run_needy(folder: Path, tests: str) -> subprocess.CompletedProcess[str]:
    """Run a test that needs a program nobody has, under the project's own conftest."""
    (folder / "test_needy.py").write_text(NEEDY)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = needs(program): a program\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rs",
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
        str(folder),
    ]
    environment = os.environ | {"PACELINE_TESTS": tests, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_a_missing_program_skips_with_one_line(tmp_path: Path) -> None:
    """Where a program is missing its tests are skipped, and one line says which."""
    run = run_needy(tmp_path, "")
    assert run.returncode == 0, run.stdout
    assert run.stdout.count("needs no-such-program, which is not installed") == 1
    assert "1 skipped" in run.stdout


def test_a_missing_program_fails_where_all_must_run(tmp_path: Path) -> None:
    """Under PACELINE_TESTS=all a test that cannot run is a failure."""
    run = run_needy(tmp_path, "all")
    assert run.returncode == 1
    assert "1 failed" in run.stdout or "1 error" in run.stdout


def test_the_users_settings_are_out_of_reach(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Configuration and data of whoever runs the tests are neither read nor written."""
    assert Path(os.environ["XDG_CONFIG_HOME"]).is_relative_to(tmp_path_factory.getbasetemp())
