"""The house keeps its rules: who may load whom, who may ask the time, how large a room may grow."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILE_LINES, FUNCTION_LINES, CLASS_METHODS = 320, 45, 15
"""About 300, 40 and 15; a larger one says why with `# size: …` in its first line (a file: in its first ten)."""

HEAVY = {"textual", "rich", "httpx", "pydantic", "numpy"}
SCREEN = {"textual", "rich"}
COLUMNS = {
    f"tracker.race.{name}"
    for name in ("bulk", "field", "grading", "outlooks", "ranks", "resolved", "roster", "standing", "stated", "won")
} | {f"tracker.race.projection.{name}" for name in ("basis", "many", "moments")}
"""The modules of a whole field, which alone of the core load numpy."""

UNTESTED = {
    "tracker/bench/floors/told_app.py": "a floor of the bench; test_loopback runs it",
    "feeds/feed.py": "a protocol; the sources' tests hold it",
    "feeds/profiles/asking.py": "values only; the models' and the provider's tests hold them",
    "feeds/profiles/explain.py": "words for the models' mistakes; test_model holds them",
    "tracker/cli/browsing.py": "one call; test_cli_web runs it",
    "tracker/cli/common.py": "what the commands share; test_cli runs them",
    "tracker/cli/keeping.py": "one call each; test_cli runs them",
    "tracker/cli/meeting.py": "one call each; test_cli_meet runs them",
    "tracker/cli/parser.py": "tables of options; test_cli runs them",
    "tracker/cli/showing.py": "one call each; test_cli runs them",
    "tracker/cli/telling.py": "one call each; test_cli runs them",
    "tracker/draw/graded.py": "values only",
    "tracker/draw/listed.py": "values only",
    "tracker/draw/wire.py": "values only",
    "tracker/__main__.py": "one call; the packaging test runs it",
    "tracker/bench/__main__.py": "the order of the rows; `make bench` runs it",
    "tracker/bench/rest.py": "watches a screen at rest for a minute; `make bench` runs it",
    "tracker/bench/floors/empty_app.py": "a floor: Textual's own app",
    "tracker/bench/floors/one_model.py": "a floor: pydantic's own model",
    "tracker/bench/floors/six_panels.py": "a floor: Textual's own widgets",
    "tracker/draw/look.py": "values only",
    "tracker/draw/onroad.py": "values only",
    "tracker/race/snapshot.py": "values only",
}


@cache
def sources(*folders: str) -> tuple[Path, ...]:
    """The project's own modules."""
    return tuple(sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def where(path: Path, node: ast.AST) -> str:
    """`tracker/cli.py:12`."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def loaded_by(code: str, *arguments: str) -> set[str]:
    """Top-level packages that a fresh interpreter has loaded once it has run `code`."""
    report = "import json, sys\ntry:\n    exec(sys.argv.pop(1))\nexcept SystemExit:\n    pass\n"
    report += "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})), file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", report, code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stderr.splitlines()[-1]))


def every_module(package: str) -> str:
    """Code that imports a package and everything in it but the columns of a field."""
    return (
        f"import importlib, pkgutil, {package} as top\n"
        "for found in pkgutil.walk_packages(top.__path__, top.__name__ + '.'):\n"
        f"    if found.name not in {COLUMNS!r}: importlib.import_module(found.name)"
    )


COMMAND = "import runpy; runpy.run_module('tracker', run_name='__main__', alter_sys=True)"


@pytest.mark.parametrize(
    ("package", "never"),
    [
        ("feeds", SCREEN | {"tracker"}),
        ("tracker.race", HEAVY | {"feeds"}),
        ("tracker.draw", HEAVY | {"feeds"}),
    ],
)
def test_layers_load_nothing_above_them(package: str, never: set[str]) -> None:
    """The wire and the core load neither screens nor each other's business."""
    assert not loaded_by(every_module(package)) & never


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["races"], ["replay", "--help"]], ids=" ".join)
def test_a_question_about_the_program_loads_nothing_heavy(arguments: list[str]) -> None:
    """Help, version and the list of races answer without any library, and without an event loop."""
    assert not loaded_by(COMMAND, *arguments) & {*HEAVY, "asyncio"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["replay", "vienna-2019", "--json", "--at", "25km"],
        ["replay", "vienna-2019", "--once", "--at", "25km"],
        ["replay", "vienna-2019", "--plain"],
        ["meet", "vienna-2019", "28km:25min", "--at", "25km"],
        ["verify", "vienna-2019"],
        ["check", "feeds/races/vienna-2019.ndjson"],
        ["schema"],
        ["info"],
    ],
    ids=" ".join,
)
def test_what_needs_no_screen_loads_none(arguments: list[str]) -> None:
    """One frame, lines of JSON or text, and reports come without Textual and Rich."""
    assert not loaded_by(COMMAND, *arguments) & SCREEN


def names_used(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Dotted names read or imported in a module: `time.monotonic`, `datetime.now`, `asyncio.sleep` (but `sleep(0)`)."""
    nodes = list(ast.walk(tree(path)))
    turns = {
        id(node.func) for node in nodes if isinstance(node, ast.Call) and [ast.unparse(a) for a in node.args] == ["0"]
    }
    for node in nodes:
        if isinstance(node, ast.Attribute) and id(node) not in turns:
            yield ast.unparse(node), node
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


ASKS_THE_TIME = re.compile(
    r"(^|\.)(time\.(time|time_ns|monotonic|monotonic_ns|perf_counter|sleep|localtime|gmtime)"
    r"|(datetime|date)\.(now|utcnow|today)|asyncio\.sleep|loop\.time)$"
)


def test_only_the_clock_asks_the_time() -> None:
    """No module but the clock sleeps or asks what time it is; a measurement of the program itself may."""
    measures = ROOT / "tracker" / "bench"
    askers = [
        where(path, node)
        for path in sources("feeds", "tracker")
        if path.name != "clock.py" and measures not in path.parents
        for name, node in names_used(path)
        if ASKS_THE_TIME.search(name)
    ]
    assert not askers


def test_the_core_awaits_nothing() -> None:
    """The core and the drawing can be read aloud without async, and open nothing."""
    waits = (ast.Await, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)
    found = [
        where(path, node)
        for path in sources("tracker/race", "tracker/draw")
        for node in ast.walk(tree(path))
        if isinstance(node, waits) or (isinstance(node, ast.Name) and node.id in {"open", "print", "input"})
    ]
    assert not found


def test_no_naive_datetime() -> None:
    """An instant is made with its offset or not at all."""
    naive = [
        where(path, node)
        for path in sources("feeds", "tracker")
        for name, node in names_used(path)
        if re.search(r"datetime\.(utcnow|utcfromtimestamp)$", name)
    ]
    assert not naive


def is_method(node: ast.stmt) -> bool:
    """Whether it is a method that somebody must learn: properties and `__init__` and the like are not counted."""
    return (
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not (node.name.startswith("__") and node.name.endswith("__"))
        and not any(ast.unparse(mark).endswith("property") for mark in node.decorator_list)
    )


def too_large(path: Path) -> Iterator[str]:
    """What in a file has outgrown its room without saying why."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if len(lines) > FILE_LINES and not any("# size: " in line for line in lines[:10]):
        yield f"{path.relative_to(ROOT)}: {len(lines)} lines"
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        size = (node.end_lineno or node.lineno) - node.lineno + 1
        large = f"{size} lines" if size > FUNCTION_LINES else ""
        if isinstance(node, ast.ClassDef):
            methods = sum(is_method(child) for child in node.body)
            large = f"{methods} methods" if methods > CLASS_METHODS else ""
        if large and "# size: " not in lines[node.lineno - 1]:
            yield f"{where(path, node)} {node.name}: {large}"


def test_rooms_stay_small() -> None:
    """A file, a function or a class that must be large says why."""
    assert not [found for path in sources("feeds", "tracker") for found in too_large(path)]


def module_imports(path: Path) -> Iterator[str]:
    """Own modules that a module imports when it is loaded."""
    body = [node for node in tree(path).body if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node))]
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}"
                yield node.module


def test_no_import_cycle() -> None:
    """No module, followed through what it imports, comes back to itself."""
    files = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in sources("feeds", "tracker")}
    graph = {name: {found for found in module_imports(path) if found in files} for name, path in files.items()}
    done: set[str] = set()

    def walk(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above[above.index(name) :], name))
        if name not in done:
            for found in graph[name]:
                walk(found, (*above, name))
            done.add(name)

    for name in graph:
        walk(name, ())
    assert done == graph.keys()


def test_every_module_answers_to_its_own_tests() -> None:
    """`tracker/race/gap.py` has `tests/race/test_gap.py`, `feeds/lines.py` has `tests/feeds/test_lines.py`."""
    missing = []
    for path in sources("feeds", "tracker"):
        inside = path.relative_to(ROOT)
        parts = inside.parts[1:] if inside.parts[0] == "tracker" else inside.parts
        if path.name == "__init__.py" or str(inside) in UNTESTED:
            continue
        if not (ROOT / "tests").joinpath(*parts[:-1], f"test_{path.name}").exists():
            missing.append(str(inside))
    assert not missing


def test_every_test_says_its_law() -> None:
    """Each test has a docstring that states what must hold."""
    silent = [
        where(path, node)
        for path in sources("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]
    assert not silent


MARKUP_WIDGETS = {"Static", "Label", "OptionList", "SelectionList", "RichLog"}
"""Widgets that read a plain `str` as markup unless told otherwise, or that are told so here."""
SAFE_WIDGETS = {"Input", "Rule"}


def literal(node: ast.expr | None) -> bool:
    """Whether a value is written in the source, or made as plain content."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in {"Content", "Text"}
    return node is None or isinstance(node, ast.Constant)


def read_as_markup(node: ast.AST) -> bool:
    """Whether text of a feed could be read as markup here."""
    match node:
        case ast.Attribute(attr="from_markup" | "render_markup"):
            return True
        case ast.ImportFrom(module="rich.markup" | "textual.markup"):
            return True
        case ast.ImportFrom(module="textual.widgets"):
            return any(alias.name not in MARKUP_WIDGETS | SAFE_WIDGETS for alias in node.names)
        case ast.Assign(targets=[ast.Attribute(attr="border_title" | "border_subtitle" | "tooltip")]):
            return not literal(node.value)
        case ast.keyword(arg="markup", value=ast.Constant(value=True)):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in MARKUP_WIDGETS | {"notify"}:
            plain = any(k.arg == "markup" and isinstance(k.value, ast.Constant) for k in node.keywords)
            return not plain and not all(literal(argument) for argument in node.args[:1])
    return False


def test_feed_text_is_never_markup() -> None:
    """A runner named `[@click=app.quit()]` is a name: no widget gets outside text as markup."""
    shown = [path for path in sources("tracker") if "floors" not in path.parts]  # those show no feed
    found = [where(path, node) for path in shown for node in ast.walk(tree(path)) if read_as_markup(node)]
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "Static(name)",
        "Label(f'{name}')",
        "self.notify(message)",
        "RichLog(markup=True)",
        "Text.from_markup(name)",
        "self.border_title = name",
        "widget.tooltip = note",
        "from rich.markup import render",
        "from textual.widgets import DataTable",
    ],
)
def test_markup_is_found(source: str) -> None:
    """The guard sees each of the ways in which a name could become markup."""
    assert any(read_as_markup(node) for node in ast.walk(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    ["Static(name, markup=False)", "Static('Go to')", "self.notify(m, markup=False)", "self.border_title = 'Help'"],
)
def test_plain_text_passes(source: str) -> None:
    """The guard leaves plain text alone."""
    assert not any(read_as_markup(node) for node in ast.walk(ast.parse(source)))


def test_nothing_is_unpickled_or_evaluated() -> None:
    """What comes from outside is data: no pickle, no eval, no exec, no YAML."""
    found = [
        where(path, node)
        for path in sources("feeds", "tracker")
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"})
        or (isinstance(node, ast.Import) and any(a.name in {"pickle", "yaml", "marshal", "shelve"} for a in node.names))
    ]
    assert not found
