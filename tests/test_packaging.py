"""What `pip install` and `pipx install` put on a machine runs from anywhere, with all it needs inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = {".tcss", ".toml", ".ndjson", ".json", ".html", ".typed"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built offline with the back end of the `dev` extra."""
    folder = tmp_path_factory.mktemp("wheel")
    command = ["pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True, timeout=120)
    return next(folder.glob("paceline-*.whl"))


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed."""
    folder = tmp_path_factory.mktemp("site")
    command = ["pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder), str(wheel)]
    subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True, timeout=120)
    return folder


def run(site: Path, elsewhere: Path, *command: str) -> str:
    """What an installed program prints when started in another directory."""
    environment = os.environ | {"PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        command, cwd=elsewhere, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_every_data_file(wheel: Path) -> None:
    """Style sheets, races and the mark of typed code are in the wheel; tests and pictures are not."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(path.relative_to(ROOT))
        for package in ("tracker", "feeds")
        for path in (ROOT / package).rglob("*")
        if path.suffix in DATA or path.name == "py.typed"
    }
    assert {"tracker/py.typed", "feeds/py.typed", "feeds/races/vienna-2019.ndjson"} <= wanted
    assert wanted <= inside
    assert not {name for name in inside if name.startswith(("tests/", "screenshots/"))}


def test_the_installed_program_is_the_wheels(site: Path, tmp_path: Path) -> None:
    """The run below is of what was installed, not of this checkout."""
    where = run(site, tmp_path, sys.executable, "-c", "import tracker, feeds; print(tracker.__file__, feeds.__file__)")
    assert where.count(str(site)) == 2


def test_the_installed_program_lists_its_races(site: Path, tmp_path: Path) -> None:
    """`paceline races` names the shipped races, from any directory."""
    assert "vienna-2019" in run(site, tmp_path, sys.executable, "-m", "tracker", "races")


def test_the_installed_script_shows_a_race(site: Path, tmp_path: Path) -> None:
    """The `paceline` script draws the middle of the 2019 race."""
    frame = run(site, tmp_path, sys.executable, str(site / "bin" / "paceline"), "replay", "vienna-2019", "--once",
                "--at", "25km")  # fmt: skip
    assert "KIPCHOGE" in frame.upper()
    assert len(frame.splitlines()) == 36
