"""Runs that are stopped: what was done until then is kept, under a name that says so, and told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KUTUB = [sys.executable, "-m", "kutub"]
STORIES = (
    "France imposed sanctions on Iran. Ukraine accused Russia of shelling a hospital in Kharkiv, officials said.",
    "China rejected the demand of the United States. Germany gave Ukraine new tanks on Monday, the ministry said.",
)


@pytest.fixture
def paths(tmp_path):
    """Two articles, the later id first, and a pipe that never ends."""
    made = [tmp_path / "b.txt", tmp_path / "a.txt", tmp_path / "pipe.txt"]
    for path, story in zip(made, STORIES, strict=False):
        path.write_text(story + "\n")
    os.mkfifo(made[-1])
    return list(map(str, made))


def stopped(arguments, pipe, number=signal.SIGINT):
    """The command, stopped when all before the pipe is done: status, standard output, standard error."""
    command = subprocess.Popen([*KUTUB, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with command as process, Path(pipe).open("wb"):  # waits until it is read
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def whole(command, *paths):
    done = subprocess.run([*KUTUB, command, *paths], capture_output=True, text=True, check=True)
    return done.stdout


HINT = "to go on, run the command again on what comes after that (folders are read in sorted order)\n"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_was_coded_is_printed(paths, number, status):
    found, out, err = stopped(["code", *paths], paths[-1], number)
    assert found == status
    assert out == whole("code", *paths[:2])
    ids = [json.loads(line)["article_id"] for line in out.splitlines()]
    assert ids == sorted(ids)
    assert set(ids) == {"a", "b"}
    told = f"kutub: stopped with 2 articles coded, up to {paths[1]}, written to standard output\n{HINT}"
    assert err.endswith(told)
    assert err.startswith("read 2 articles in ")


def test_outputs_of_a_stopped_run_have_names_that_say_so(paths, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "e.jsonl").write_text("older\n")
    names = [folder / "e.jsonl", folder / "e.csv", folder / "drops.jsonl"]
    arguments = ["code", "-q", *paths, "-o", names[0], "-o", names[1], "--dropped", names[2]]
    for _ in range(2):
        status, out, err = stopped(arguments, paths[-1])
        assert (status, out) == (130, "")
        assert "written to " in err
    assert f"{folder}/e.partial-2.jsonl, {folder}/e.partial-2.csv\n" in err
    assert (folder / "e.jsonl").read_text() == "older\n"
    assert {path.name for path in folder.iterdir()} == {
        "e.jsonl",
        *(f"{name}.partial{number}{end}" for number in ("", "-2") for name, end in
          (("e", ".jsonl"), ("e", ".csv"), ("drops", ".jsonl"))),
    }  # fmt: skip
    assert (folder / "e.partial.jsonl").read_text() == whole("code", *paths[:2])


def test_an_error_in_the_middle_leaves_what_was_coded(paths, tmp_path):
    table = tmp_path / "rows.csv"
    table.write_text("text,n\nFrance imposed sanctions on Iran.,1\n")
    done = subprocess.run(
        [*KUTUB, "code", *paths[:2], table, "--title", "no"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == whole("code", *paths[:2])
    assert "kutub: stopped with 2 articles coded" in done.stderr
    assert f"kutub: {table}: no column 'no' for the title" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", ["code", "read"])
def test_where_nothing_was_done_nothing_is_written(paths, tmp_path, command):
    output = tmp_path / "out" / "e.jsonl"
    output.parent.mkdir()
    status, out, err = stopped([command, paths[-1], "-o", output], paths[-1])
    assert (status, out) == (130, "")
    assert err == "kutub: interrupted; no output file was written\n"
    assert list(output.parent.iterdir()) == []


@pytest.mark.parametrize("is_to_file", [False, True])
def test_what_was_read_is_kept(paths, tmp_path, is_to_file):
    output = tmp_path / "out" / "r.jsonl"
    output.parent.mkdir()
    status, out, err = stopped(["read", *paths, *(["-o", output] if is_to_file else [])], paths[-1])
    assert status == 130
    kept = output.with_name("r.partial.jsonl")
    where = kept if is_to_file else "standard output"
    assert err.endswith(f"kutub: stopped with 2 articles read, up to {paths[1]}, written to {where}\n{HINT}")
    assert (kept.read_text() if is_to_file else out) == whole("read", *paths[:2])
    assert list(output.parent.iterdir()) == [kept] * is_to_file


def test_articles_flow_as_they_are_read(paths):
    """They can be seen while the run goes on."""
    with subprocess.Popen([*KUTUB, "read", *paths], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        lines = [process.stdout.readline() for _ in range(2)]
        with Path(paths[-1]).open("wb"):
            assert [json.loads(line)["id"] for line in lines] == ["b", "a"]
        process.communicate(timeout=60)


@pytest.mark.parametrize("command", ["code", "read"])
def test_files_of_a_stopped_run_are_not_read(tmp_path, command):
    (tmp_path / "a.txt").write_text(STORIES[0])
    for name in ("e.partial.jsonl", "e.partial-2.jsonl"):
        (tmp_path / name).write_text(json.dumps({"id": name, "text": STORIES[1]}) + "\n")
    done = subprocess.run(
        [*KUTUB, command, tmp_path, "-o", tmp_path / "e.jsonl"], capture_output=True, text=True, check=True
    )
    assert done.stderr.startswith("read 1 article in ")


@pytest.mark.parametrize("command", ["code", "read"])
def test_only_names_that_a_run_would_give_are_left_out(tmp_path, command):
    for name in ("e.partial-truce.jsonl", "e.partial.csv", "e.partials.jsonl", "e.partial.jsonl"):
        content = f"text\n{STORIES[0]}\n" if name.endswith(".csv") else json.dumps({"text": f"{name}: {STORIES[1]}"})
        (tmp_path / name).write_text(content)
    for given, count in ((tmp_path, "3 articles"), (tmp_path / "e.partial.jsonl", "1 article")):
        done = subprocess.run(
            [*KUTUB, command, given, "-o", tmp_path / "e.jsonl"], capture_output=True, text=True, check=True
        )
        assert done.stderr.startswith("reading ") or done.stderr.startswith("read ")
        assert f"read {count} in " in done.stderr
        (tmp_path / "e.jsonl").unlink()


def test_an_interruption_of_the_writing_names_what_is_written(paths, tmp_path):
    output, blocked = tmp_path / "e.jsonl", tmp_path / "blocked"
    os.mkfifo(blocked)  # nobody reads it: the writing waits
    command = [*KUTUB, "code", *paths[:2], "-q", "-o", output, "-o", blocked]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 60
        while not output.exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert err == f"kutub: interrupted while {blocked} was written; written before it: {output}\n"
    assert output.read_text() == whole("code", *paths[:2])


@pytest.mark.parametrize("command", ["code", "read"])
def test_a_file_that_standard_output_goes_to_is_not_read(tmp_path, command):
    (tmp_path / "z.txt").write_text(STORIES[0])
    with (tmp_path / "out.jsonl").open("wb") as file:
        done = subprocess.run([*KUTUB, command, tmp_path], stdout=file, stderr=subprocess.PIPE, text=True, check=True)
    assert done.stderr.startswith("read 1 article in ")
    assert "dropped" not in done.stderr
    assert (tmp_path / "out.jsonl").stat().st_size


@pytest.mark.parametrize("kind", ["pipe", "file"])
def test_standard_output_can_be_named_as_the_output(paths, tmp_path, kind):
    expected = whole("code", *paths[:2])
    command = [*KUTUB, "code", "-q", *paths[:2], "-o", "/dev/stdout", "-o", "/dev/null"]
    if kind == "pipe":
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == expected
        return
    path = tmp_path / "out.jsonl"
    with path.open("w") as file:
        file.write("before\n")
        file.flush()
        subprocess.run(command, stdout=file, check=True)
    assert path.read_text() == "before\n" + expected


@pytest.mark.parametrize("command", ["code", "read"])
def test_a_write_protected_output_is_refused(paths, tmp_path, command):
    output = tmp_path / "e.jsonl"
    output.write_text("older\n")
    output.chmod(0o444)
    done = subprocess.run([*KUTUB, command, paths[0], "-o", output], capture_output=True, text=True, check=False)
    assert (done.returncode, output.read_text()) == (2, "older\n")
    assert f"kutub: {output}: cannot be written: it is write-protected; give another name" in done.stderr
