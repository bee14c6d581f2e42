"""The command line: what it imports, its messages and exit statuses."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kutub.views.cli import main

NEWS = Path(__file__).parents[2] / "examples" / "news"
CORPUS = str(NEWS / "corpus.jsonl")
HEAVY = ("spacy", "thinc", "numpy", "trafilatura", "lxml", "pyarrow", "pandas", "py3langid", "yaml", "typer")


def kutub(*arguments, **options):
    command = [sys.executable, "-m", "kutub", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, **options)


def row(**fields):
    story = "France imposed sanctions on Iran. Ukraine accused Russia of shelling a hospital."
    return json.dumps({"id": "a", "text": story, "date": "2024-03-05", "lang": "en", **fields})


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text(row() + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("statement", ["import kutub", "import kutub.views.cli", "import kutub.pipeline"])
def test_nothing_heavy_is_imported_at_start(statement):
    program = f"{statement}; import sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("command", ["code", "explain", "who", "read", "relate", "codebook"])
def test_every_command_has_help(command, capfd):
    assert main([command, "--help"]) == 0
    assert f"usage: kutub {command}" in capfd.readouterr().out


def test_help_imports_no_stage():
    program = "import sys; from kutub.views.cli import main; main(['--help'])\nprint('kutub.records' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False\n")


def test_version(capfd):
    import kutub as package

    assert main(["--version"]) == 0
    assert capfd.readouterr().out == f"kutub {package.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "usage: kutub [-h] [--version] COMMAND ..."),
        (["cod"], "invalid choice"),
        (["code"], "required: PATHS"),
        (["code", "x", "--date", "5 March"], "'5 March' is no date; write it as YYYY-MM-DD, e.g. 2024-03-05"),
        (["code", "x", "--date", "2024-02-30"], "is no date"),
        (["code", "x", "--jobs", "0"], "'0' is no number of processes; give 1 or more"),
        (["code", "x", "--jobs", "many"], "'many' is no number of processes"),
        (["code", "x", "--model", "en"], "write it as LANGUAGE=FOLDER"),
        (["code", "x", "--ouput", "e.csv"], "unrecognized arguments: --ouput (did you mean --output?)"),
        (["read", "x", "--left_out"], "unrecognized arguments: --left_out (did you mean --left-out?)"),
        (["explain", "x", "--lagn=en"], "unrecognized arguments: --lagn=en (did you mean --lang?)"),
        (["code", "x", "--zzzzzz"], "unrecognized arguments: --zzzzzz\n"),
        (["read", CORPUS, "--lang", "english"], "no language 'english'; did you mean 'en'? use one of: en, id"),
        (["code", CORPUS, "--lang", "Bahasa Indonesia"], "did you mean 'id'? use one of: en, id"),
        (["explain", "A.", "--lang", "IND"], "no language 'IND'; did you mean 'id'? use one of: en, id"),
        (["read", CORPUS, "--lang", "klingon"], "no column 'klingon' for the lang"),
        (["read", CORPUS, "--lang", "klingon"], "; codes of languages: en, id"),
        (["code", "x", "--lang", "xx"], "no language 'xx'; use one of: en, id"),
        (["code", "x", "-o", "events.xls"], "events.xls: is no known kind of output; end the name in .jsonl,"),
        (["code", "x", "-o", "none/e.csv"], "none/e.csv: cannot be written: No such file or directory; make"),
        (["code", "no/such/file"], "no/such/file"),
        (["read", "no/such/file"], "no/such/file"),
        (["read", CORPUS, "--lang", "xx"], "no language 'xx'"),
        (["explain", "no/such/file.txt"], "no/such/file.txt: no such file"),
        (["explain", "  "], "the text is empty"),
        (["explain", ""], "kutub: the text is empty; give a sentence or a file"),
        (["code", CORPUS, "--model", "id=/nowhere"], "kutub: /nowhere: no such folder or installed pipeline; give"),
        (["explain", "A.", "--lang", "en", "--model", "en=none_such"], "none_such: no such folder or installed pip"),
        (["relate", CORPUS, "--model", f"en={NEWS}"], f"{NEWS}: is no spaCy pipeline: it has no config.cfg"),
        (["relate", "no/such.jsonl"], "no/such.jsonl: cannot be read: No such file or directory"),
        (["relate", CORPUS, "--lang", "xx"], "no language 'xx'"),
        (["codebook", "types", "ACUSE"], "did you mean ACCUSE?"),
        (["codebook", "words"], "invalid choice"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told(arguments, message, capfd):
    assert main(arguments) == 2
    out, err = capfd.readouterr()
    assert message in err
    assert out == ""
    assert "Traceback" not in err


def test_code_prints_events_and_summary_apart(corpus):
    done = kutub("code", corpus, text=True)
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert {event["type"] for event in events} >= {"SANCTION", "ACCUSE"}
    first, last = done.stderr.splitlines()
    assert first.startswith("read 1 article in ")
    assert last.startswith(f"events {len(events)}: ")
    assert "\r" not in done.stderr


def test_code_writes_several_outputs_of_one_run(corpus, tmp_path, capfd):
    names = [tmp_path / f"e{suffix}" for suffix in (".jsonl", ".parquet", ".csv")]
    assert main(["code", str(corpus), "-q", *(part for name in names for part in ("-o", str(name)))]) == 0
    assert capfd.readouterr() == ("", "")
    assert all(name.stat().st_size for name in names)
    assert sorted(tmp_path.iterdir()) == sorted([corpus, *names])


def test_standard_input_is_read():
    story = b"France imposed sanctions on Iran. The ministry gave no details of the measures, and none were expected.\n"
    done = kutub("code", "-", "--lang", "en", "--date", "2024-03-05", input=story)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["date"] == "2024-03-05"


@pytest.mark.parametrize(("strict", "status"), [([], 0), (["--strict"], 1)])
def test_what_is_dropped_is_told(corpus, tmp_path, strict, status, capfd):
    empty, binary = tmp_path / "empty.txt", tmp_path / "binary.txt"
    empty.write_text("")
    binary.write_bytes(b"\x7fELF\0\0\0\1" * 50)
    listing = tmp_path / "out" / "dropped.jsonl"
    listing.parent.mkdir()
    assert main(["code", str(corpus), str(empty), str(binary), "--dropped", str(listing), *strict]) == status
    out, err = capfd.readouterr()
    assert len(out.splitlines()) >= 2
    assert "dropped 2: " in err
    assert "empty.txt: empty" in err
    drops = [json.loads(line) for line in listing.read_text().splitlines()]
    assert {Path(drop["path"]).name: drop["reason"] for drop in drops} == {"empty.txt": "empty", "binary.txt": "binary"}


@pytest.mark.parametrize("command", ["code", "read"])
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            None,
            b"",
            "no article was read: there are no files; hidden files and outputs are not read; read are web pages (",
        ),
        ("a.bin", b"\x7fELF\0\0\0\1" * 50, "no article was read: dropped binary 1; read are web pages (.htm "),
        ("a.txt", b"", "no article was read: dropped empty 1; docs/reading.md explains the reasons"),
    ],
)
def test_a_run_that_reads_nothing_fails_and_writes_nothing(tmp_path, command, name, content, told, capfd):
    folder, output = tmp_path / "news", tmp_path / "out.jsonl"
    folder.mkdir()
    output.write_text("older")
    if name:
        (folder / name).write_bytes(content)
    for options in ([], ["-q"], ["-o", str(output)]):
        assert main([command, str(folder), *options]) == 2
        out, err = capfd.readouterr()
        assert out == ""
        assert f"kutub: {folder}: {told}" in err
        assert len(err.splitlines()) == 1 or options != ["-q"]
    assert output.read_text() == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news", "out.jsonl"]


def test_read_says_how_many_articles_it_read(corpus, capfd):
    assert main(["read", str(corpus)]) == 0
    assert re.fullmatch(r"read 1 article in \d+\.\d s \(\d+\.\d pages a second\)\n", capfd.readouterr().err)
    assert main(["read", str(corpus), "-q"]) == 0
    assert capfd.readouterr().err == ""


def test_short_rows_are_read_whatever_their_lines(tmp_path, capfd):
    texts = ["Iran protested.", "France imposed sanctions on Iran.\nIran protested.", "Iran protested.\nAgain."]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(row(id=str(number), text=text) + "\n" for number, text in enumerate(texts)))
    assert main(["read", str(path)]) == 0
    assert [bool(json.loads(line)["body"]) for line in capfd.readouterr().out.splitlines()] == [True] * 3


def test_rows_that_are_kept_of_a_cut_file_are_counted(tmp_path, capfd):
    packed = gzip.compress("".join(row(id=str(number)) + "\n" for number in range(50)).encode())
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(packed[: len(packed) * 3 // 4])
    assert main(["read", str(path)]) == 0
    out, err = capfd.readouterr()
    kept = len(out.splitlines())
    assert 1 < kept < 50
    assert f"{path}: unreadable (the gzip file is cut off: get it again; {kept} rows before that are read)\n" in err


def test_undated_articles_are_told(tmp_path, capfd):
    path = tmp_path / "news.jsonl"
    path.write_text(row(date=None))
    assert main(["code", str(path)]) == 0
    assert "undated 1 of 1 article: 1 without any; " in capfd.readouterr().err


def test_table_is_plain_when_piped(corpus, capfd):
    assert main(["code", str(corpus), "--table", "-q"]) == 0
    header, *lines = capfd.readouterr().out.splitlines()
    assert header.split() == ["date", "type", "mode", "actors", "→", "recipients", "modality", "place", "sentence"]
    assert any("France → Iran" in line for line in lines)
    column = header.index("sentence")
    assert {line[column:].split()[0] for line in lines} <= {"France", "Ukraine"}


def test_full_standard_output_is_told(corpus):
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "kutub", "code", str(corpus), "-q"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "kutub: standard output: cannot be written: No space left on device; free some space or write elsewhere\n"
    )


def test_reader_that_goes_away_is_no_error(corpus):
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "kutub", "code", str(corpus), "-q"]
    done = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write_end)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("jobs", [1, 2])
def test_interrupted_run_leaves_nothing(tmp_path, number, status, jobs):
    pipe, output = tmp_path / "pages", tmp_path / "out" / "events.jsonl"
    output.parent.mkdir()
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "kutub", "code", "-", "-o", str(output), "--jobs", str(jobs)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(1.5)  # it waits for the end of its standard input
        process.send_signal(number)
        message = process.communicate()[1]
    assert process.returncode == status
    assert list(output.parent.iterdir()) == []
    assert "Traceback" not in message
    if number == signal.SIGINT:
        assert message == "kutub: interrupted; no output file was written\n"


def test_read_prints_what_is_the_article(capfd):
    page = sorted((NEWS / "html").iterdir())[0]
    assert main(["read", str(page)]) == 0
    (line,) = capfd.readouterr().out.splitlines()
    article = json.loads(line)
    plain = ["path", "id", "title", "deck", "byline", "editor", "publisher", "url"]
    found = ["published", "published_basis", "published_confidence", "unread_date"]
    found += ["language", "text", "body", "left_out", "repairs"]
    assert list(article) == [*plain, *found]
    assert all(paragraph in article["text"] for paragraph in article["body"])
    assert article["title"] in article["text"]
    assert all(set(piece) == {"text", "reason"} for piece in article["left_out"])


def test_read_writes_a_file_and_counts(corpus, tmp_path, capfd):
    empty, output = tmp_path / "empty.txt", tmp_path / "read.jsonl"
    empty.write_text("")
    assert main(["read", str(corpus), str(empty), "-o", str(output), "--strict"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert err.endswith("dropped 1: empty 1\n")
    assert json.loads(output.read_text())["id"] == "a"


def test_read_says_in_how_many_articles_characters_were_mended(tmp_path, capfd):
    path = tmp_path / "news.jsonl"
    texts = ("King &amp; queen: \u201cno\u201d.", "King\u200b &amp; queen.", "King and queen.")
    path.write_text("".join(row(id=str(number), text=text) + "\n" for number, text in enumerate(texts)))
    assert main(["read", str(path)]) == 0
    assert "mended 2 of 3 articles: entity 2, zero width 1\n" in capfd.readouterr().err
    assert main(["read", str(path), "-q"]) == 0
    assert "mended" not in capfd.readouterr().err


def test_read_shows_a_bar_on_a_terminal(tmp_path):
    """Where the articles go to a file, and the number of pages is known."""
    import pty

    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("")
    terminal, stderr = pty.openpty()
    command = [sys.executable, "-m", "kutub", "read", tmp_path, "-o", tmp_path / "read.jsonl"]
    subprocess.run(command, stderr=stderr, check=False)
    os.close(stderr)
    shown = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert re.search(r"\r\[[#.]{24}\] +\d+%  \d pages  \d dropped  \d", shown)


PAIR = {
    "id": "p1",
    "text": "France imposed sanctions on Iran.",
    "actor": {"text": "France", "start": 0, "end": 6},
    "recipient": {"text": "Iran", "start": 28, "end": 32},
}


def test_relate_answers_every_pair(tmp_path, capfd):
    pairs, output = tmp_path / "pairs.jsonl", tmp_path / "out.jsonl"
    dull = {**PAIR, "id": 2, "text": "France lies far away from Iran."}
    dull["recipient"] = {"text": "Iran", "start": 26, "end": 30}
    pairs.write_text(f"{json.dumps(PAIR)}\n\n{json.dumps(dull)}\n")
    assert main(["relate", str(pairs), "-o", str(output), "--strict"]) == 0
    first, second = map(json.loads, output.read_text().splitlines())
    assert (first["id"], first["type"]) == ("p1", "SANCTION")
    assert list(first) == ["id", "type", "mode", "confidence"]
    assert second["type"] is not None
    assert main(["relate", str(pairs), "--abstain"]) == 0
    assert json.loads(capfd.readouterr().out.splitlines()[1])["type"] is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "no JSON"),
        ("[1]", "lacks id or text"),
        (json.dumps({**PAIR, "id": float("nan")}), "no JSON: NaN"),
        (json.dumps({**PAIR, "id": 7}).replace("7", "1e999", 1), "the id is no text that can be written"),
        (json.dumps({**PAIR, "id": [1]}), "the id is no text that can be written"),
        (json.dumps({**PAIR, "id": "a\ud800"}), "the id is no text that can be written"),
        (json.dumps({**PAIR, "text": 5}), "the text is no text"),
        (json.dumps({**PAIR, "text": "France \udfff hit Iran."}), "half a surrogate pair"),
        (json.dumps({**PAIR, "text": "France " * 60_000}), "the text has 420,000 characters, at most 400,000"),
        (json.dumps({**PAIR, "lang": ["en"]}), "the language is no text"),
        (json.dumps({**PAIR, "lang": "xx"}), "unknown language (no language 'xx'; use one of: en, id)"),
        (json.dumps({**PAIR, "actor": [0, 6]}), "lacks actor: {text, start, end}"),
        (json.dumps({**PAIR, "actor": {"start": "0", "end": 6.0}}), "lacks actor: {text, start, end}"),
        (json.dumps({**PAIR, "actor": {"start": -3, "end": 6}}), "the offsets of the actor lie outside of the text"),
        (json.dumps({**PAIR, "actor": None}), "lacks actor: {text, start, end}"),
        (json.dumps({**PAIR, "actor": {"start": 0, "end": 99}}), "the offsets of the actor lie outside of the text"),
        (
            json.dumps({**PAIR, "recipient": {"text": "Iran", "start": 0, "end": 6}}),
            "the offsets of the recipient give 'France', not 'Iran'",
        ),
    ],
)
def test_relate_tells_bad_lines_and_goes_on(tmp_path, line, message, capfd):
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(f"{line}\n{json.dumps(PAIR)}\n")
    assert main(["relate", str(pairs)]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out)["id"] == "p1"
    assert err.startswith("dropped 1: ")
    assert f"{pairs}:1: " in err
    assert message in err
    assert "Traceback" not in err
    assert main(["relate", str(pairs), "--strict"]) == 1


def test_relate_drops_a_pair_that_fails(tmp_path, monkeypatch, capfd):
    from kutub import api

    relate = api.relate

    def failing(text, *arguments, **options):
        if text.endswith("!"):
            raise ZeroDivisionError("division by zero")
        return relate(text, *arguments, **options)

    monkeypatch.setattr(api, "relate", failing)
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(f"{json.dumps({**PAIR, 'text': PAIR['text'] + '!'})}\n{json.dumps(PAIR)}\n")
    assert main(["relate", str(pairs), "--strict"]) == 1
    out, err = capfd.readouterr()
    assert len(out.splitlines()) == 1
    assert err.startswith(f"dropped 1: failed 1\n  {pairs}:1: failed (ZeroDivisionError: division by zero (")


def test_explain_shows_the_way_to_the_event(capfd):
    assert main(["explain", "France imposed sanctions on Iran.", "--lang", "en", "--date", "2024-03-05"]) == 0
    out = capfd.readouterr().out
    for part in ("parse", "clauses", "parties", "rules tried", "events", "SANCTION", "confidence"):
        assert part in out


def test_explain_mends_a_text_as_reading_does(capfd):
    damaged = "Fran\u200bce imposed sanctions on Iran&rsquo;s banks."
    assert main(["explain", damaged, "--lang", "en"]) == 0
    out = capfd.readouterr().out
    assert "France imposed sanctions on Iran’s banks." in out
    assert "SANCTION" in out


def test_explain_takes_lines_that_are_too_few_for_an_article(capfd):
    assert main(["explain", "France imposed\u200b sanctions on Iran.\nIran protested.", "--lang", "en"]) == 0
    assert "SANCTION" in capfd.readouterr().out


def test_explain_says_what_was_missing(capfd):
    assert main(["explain", "The heavy rain accused nobody.", "--lang", "en"]) == 0
    assert "no event: " in capfd.readouterr().out


def test_explain_reads_a_file(capfd):
    page = sorted((NEWS / "text").glob("en-*.txt"))[0]
    assert main(["explain", str(page)]) == 0
    assert "parse" in capfd.readouterr().out


@pytest.mark.parametrize("what", ["types", "rules", "examples"])
def test_codebook_is_shown(what, capfd):
    assert main(["codebook", what, "accuse", "--lang", "en"]) == 0
    out = capfd.readouterr().out
    assert "ACCUSE" in out
    assert "SANCTION" not in out


def test_explain_refuses_a_file_without_an_article(tmp_path, capfd):
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    assert main(["explain", str(empty)]) == 2
    assert capfd.readouterr() == ("", f"kutub: no article to explain: {empty}: empty\n")


def test_explain_says_how_to_name_the_language(capfd):
    text = "Le gouvernement du Nord a fermé la frontière avec le Sud vendredi et rappelé son ambassadeur."
    assert main(["explain", text]) == 2
    told = capfd.readouterr().err
    assert "unknown language (looks like 'fr'); name its language with --lang en|id if the guess is wrong" in told


def test_a_check_that_fails_says_so_last(monkeypatch, capfd):
    import kutub.examples

    monkeypatch.setattr(kutub.examples, "compare", lambda *_: ("not as it should",))
    assert main(["codebook", "check", "RETREAT", "--lang", "en"]) == 1
    *_, told, last = capfd.readouterr().out.splitlines()
    assert told.endswith("not as it should")
    assert last.startswith("0 of ")
    assert last.endswith(" examples come out as they should")


def overwriting(command, news):
    return {
        "code": ["code", news, "-o", news],
        "dropped": ["code", news, "--dropped", news],
        "read": ["read", news, "-o", news],
        "relate": ["relate", news, "-o", news],
    }[command]


@pytest.mark.parametrize("command", ["code", "dropped", "read", "relate"])
@pytest.mark.parametrize("is_linked", [False, True])
def test_an_input_is_never_overwritten(corpus, tmp_path, command, is_linked, capfd):
    before = corpus.read_bytes()
    arguments = overwriting(command, str(corpus))
    if is_linked:
        link = tmp_path / "link.jsonl"
        link.symlink_to(corpus)
        arguments[-1] = str(link)
    assert main(arguments) == 2
    assert f"{arguments[-1]}: is both input and output; give the output another name" in capfd.readouterr().err
    assert corpus.read_bytes() == before


def test_a_redirected_input_is_never_overwritten(corpus):
    before = corpus.read_bytes()
    with corpus.open("rb") as file:
        done = kutub("code", "-", "-o", corpus, stdin=file, text=True)
    assert (done.returncode, corpus.read_bytes()) == (2, before)
    assert "is both input and output" in done.stderr


@pytest.mark.usefixtures("corpus")
def test_outputs_in_a_folder_that_is_read_are_skipped(tmp_path, capfd):
    outputs = ["-o", f"{tmp_path}/e.jsonl", "--dropped", f"{tmp_path}/drops.jsonl"]
    for _ in range(2):
        assert main(["code", str(tmp_path), *outputs]) == 0
        assert capfd.readouterr().err.startswith("read 1 article in ")
        (tmp_path / "drops.jsonl").write_text("no row\n")
    for name in ("e.jsonl", "drops.jsonl"):
        (tmp_path / name).unlink()
    for _ in range(2):
        assert main(["read", str(tmp_path), "-o", f"{tmp_path}/articles.jsonl", "--strict"]) == 0
        assert len((tmp_path / "articles.jsonl").read_text().splitlines()) == 1


@pytest.mark.parametrize("command", ["code", "read"])
def test_dates_that_cannot_be_read_are_told(tmp_path, command, capfd):
    path = tmp_path / "news.jsonl"
    values = ["2024-03-05", "5 March 2024", "yesterday", "2025-02-30", 20250305]
    path.write_text("".join(row(id=str(number), date=value) + "\n" for number, value in enumerate(values)))
    assert main([command, str(path)]) == 0
    err = capfd.readouterr().err
    assert f"dates that cannot be read: 2 articles (undated 2), first {path}:3 'yesterday'\n" in err
    assert "undated 2 of 5 articles: 2 with a date that cannot be read" in err


def test_codebook_holds_together(capfd):
    assert main(["codebook", "check", "ACCUSE"]) == 0, capfd.readouterr().out
    out = capfd.readouterr().out
    assert "en: " in out
    assert "examples come out as they should" in out
