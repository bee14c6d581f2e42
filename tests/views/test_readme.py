"""The README can be followed: its commands and its Python run as they stand, in a copy of what they read."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAMS = {".venv/bin/kutub": [sys.executable, "-m", "kutub"], ".venv/bin/python": [sys.executable]}


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands():
    lines = [line for block in blocks("console") for line in block.splitlines() if line.startswith("$ ")]
    return [line[2:] for line in lines if line.split()[1] not in ("make", "git")]


@pytest.fixture
def clone(tmp_path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def run(command, folder):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_there_is_something_to_run():
    assert len(commands()) >= 2
    assert len(blocks("python")) == 1


@pytest.mark.parametrize("command", commands())
def test_commands_run(command, clone):
    program, *arguments = shlex.split(command, comments=True)
    done = run([*PROGRAMS[program], *arguments], clone)
    assert done.returncode == 0, done.stderr
    outputs = [value for option, value in pairwise(arguments) if option == "-o"]
    assert all((clone / output).stat().st_size for output in outputs)
    assert done.stdout or outputs


def test_python_runs(clone):
    (clone / "snippet.py").write_text(blocks("python")[0], encoding="utf-8")
    done = run([sys.executable, "snippet.py"], clone)
    assert (done.returncode, done.stderr) == (0, "")
    assert "events" in done.stdout
    written = re.findall(r"\"(\w+\.(?:csv|parquet|jsonl))\"", blocks("python")[0])
    assert written
    assert all((clone / name).stat().st_size for name in written)
