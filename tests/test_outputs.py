"""Events as rows, JSON Lines, Parquet and CSV; files that appear whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest

from kutub.errors import InputError, OutputError
from kutub.outputs import check_outputs, partial_path, replacing, write_events
from kutub.outputs.arrow import arrow_schema, arrow_table
from kutub.outputs.flat import columns
from kutub.records import DateBasis, DatePrecision, Event, Modality, Part, Party, Place, Trigger
from kutub.schema import from_row, json_schema, schema_text, to_json, to_row

CHINA = Party(text="Beijing", start=0, end=7, name="China", country="CHN", sectors=("GOV",))
TROOPS = Party(text="troops", start=20, end=26, name="Troops", country=None, sectors=("MIL", "GOV"), title="general")
EVENT = Event(
    article_id="a-1",
    event_id="0123456789abcdef",
    part=Part.TEXT,
    sentence_index=3,
    sentence='Beijing, "once more", accused the troops.\nLine – two',
    trigger=Trigger(text="accused", start=12, end=19),
    type="ACCUSE",
    mode="allege",
    contexts=("military", "legal"),
    quad=3,
    intensity=-3.5,
    cameo="112",
    actors=(CHINA, TROOPS),
    recipients=(),
    modality=Modality.ACTUAL,
    attributed_to=(CHINA,),
    date="2024-03-05",
    date_precision=DatePrecision.DAY,
    date_basis=DateBasis.TEXT,
    place=Place(text="Kyiv", name="Kyiv", country="UKR", latitude=50.45, longitude=30.52, geonameid=703448),
    confidence=0.81,
    rule="en.ACCUSE.verb.accuse",
    publisher="=cmd()",
    url="https://example.org/1",
    title=None,
    published="2024-03-06",
    language="en",
    story_id=None,
    happening_id=None,
    kutub="0.1.0",
    codebook="PLOVER 2.0 0123456789ab",
    model="en 1 0123456789ab",
)
BARE = replace(EVENT, date=None, date_precision=None, date_basis=None, place=None, mode=None, actors=(), publisher=None)
ROWS = [to_row(EVENT), to_row(BARE)]


@pytest.mark.parametrize("event", [EVENT, BARE])
def test_row_gives_the_record_back(event):
    assert from_row(Event, json.loads(to_json(event))) == event


def test_row_has_the_fields_of_the_record_in_order():
    assert list(to_row(EVENT))[:4] == ["article_id", "event_id", "part", "sentence_index"]
    assert "\n" not in to_json(EVENT)


@pytest.mark.parametrize("row", ROWS)
def test_row_fits_the_schema(row):
    jsonschema.Draft202012Validator.check_schema(json_schema())
    jsonschema.validate(row, json_schema(), format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize(
    "change", [{"quad": 5}, {"type": "accuse"}, {"modality": "maybe"}, {"extra": 1}, {"place": {}}]
)
def test_schema_refuses(change):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**ROWS[0], **change}, json_schema())


def test_every_field_is_described():
    assert [name for name, field in json_schema()["properties"].items() if not field.get("description")] == []


def test_packaged_schema_is_the_generated_one():
    packaged = files("kutub").joinpath("data/events.schema.json").read_text(encoding="utf-8")
    assert packaged == schema_text(), "run: make docs"


def test_jsonl_is_one_event_a_line(tmp_path):
    write_events(ROWS, tmp_path / "e.jsonl")
    lines = (tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == ROWS
    assert "–" in lines[0]


def test_parquet_has_nested_columns_and_dates(tmp_path):
    write_events(ROWS, tmp_path / "e.parquet")
    table = pq.read_table(tmp_path / "e.parquet")
    assert table.schema.equals(arrow_schema())
    first, second = table.to_pylist()
    assert first["actors"] == ROWS[0]["actors"]
    assert first["place"] == ROWS[0]["place"]
    assert (first["date"], second["date"]) == (date(2024, 3, 5), None)
    assert second["place"] is None
    assert pq.ParquetFile(tmp_path / "e.parquet").metadata.row_group(0).column(0).compression == "ZSTD"


def test_arrow_table_of_no_events_has_the_schema():
    assert arrow_table([]).schema.equals(arrow_schema())


def test_csv_is_flat_and_guarded(tmp_path):
    write_events(ROWS, tmp_path / "e.csv")
    content = (tmp_path / "e.csv").read_bytes().decode("utf-8")
    assert content.endswith("\r\n")
    first, second = csv.DictReader(io.StringIO(content, newline=""))
    assert tuple(first) == columns()
    assert first["sentence"] == EVENT.sentence
    assert (first["actor_names"], first["actor_countries"], first["actor_sectors"]) == (
        "China; Troops",
        "CHN; ",
        "GOV; MIL,GOV",
    )
    assert first["publisher"] == "'=cmd()"
    assert first["intensity"] == "-3.5"
    assert (first["trigger"], first["trigger_start"], first["place_name"]) == ("accused", "12", "Kyiv")
    assert (second["place_name"], second["date"]) == ("", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_cells_are_no_formulas(tmp_path, start):
    write_events([to_row(replace(EVENT, title=f"{start}1"))], tmp_path / "e.csv")
    with (tmp_path / "e.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["title"] == f"'{start}1"


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet", ".csv"])
def test_same_rows_give_the_same_bytes(tmp_path, suffix):
    for name in ("one", "two"):
        write_events(ROWS * 3, tmp_path / (name + suffix))
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet", ".csv"])
def test_failing_rows_leave_the_old_file(tmp_path, suffix):
    path = tmp_path / f"e{suffix}"
    path.write_text("old")

    def rows():
        yield ROWS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_events(rows(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


FULL_DISK = """
import resource, sys
from pathlib import Path
from kutub.errors import OutputError
from kutub.outputs import write_events
import json
row = json.loads(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    rows = ({**row, "event_id": str(n) * 40, "sentence": str(n * n) * 9} for n in range(30_000))
    write_events(rows, Path(sys.argv[1]))
except OutputError as error:
    print(error)
"""


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet", ".csv"])
def test_full_disk_leaves_nothing(tmp_path, suffix):
    path = tmp_path / f"e{suffix}"
    command = [sys.executable, "-c", FULL_DISK, str(path), json.dumps(ROWS[0])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{path}: cannot be written: File too large; ")
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_new_file_has_the_usual_rights_and_a_link_stays(tmp_path):
    real, link, other = tmp_path / "real.jsonl", tmp_path / "link.jsonl", tmp_path / "other"
    real.write_text("old")
    other.write_text("")
    link.symlink_to(real)
    with replacing(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode == other.stat().st_mode


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing/e.jsonl", "No such file or directory; make the folder first"),
        ("file/e.jsonl", "Not a directory; a part of the path is a file"),
        ("folder.csv", "Is a directory; name a file"),
        ("x" * 300 + ".csv", "File name too long"),
    ],
)
def test_bad_target_is_found_before_work_begins(tmp_path, name, message):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(OutputError, match=message):
        check_outputs([tmp_path / name])


def test_devices_and_pipes_are_written_as_they_are(tmp_path):
    for device in ("/dev/null", "/dev/fd/1"):
        check_outputs([Path(device)])
        write_events(ROWS, Path(device))
    assert not Path("/dev/null").is_file()
    pipe = tmp_path / "events.csv"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        write_events(ROWS, pipe)
        shown = reader.communicate()[0]
    write_events(ROWS, tmp_path / "plain.csv")
    assert shown == (tmp_path / "plain.csv").read_bytes()
    assert pipe.is_fifo()
    with pytest.raises(OutputError, match="/dev/full: cannot be written: No space left"):
        write_events(ROWS, Path("/dev/full"))


def test_a_write_protected_file_stays(tmp_path):
    path = tmp_path / "e.jsonl"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(OutputError, match=r"e.jsonl: cannot be written: it is write-protected; give another name, or"):
        check_outputs([path])
    with pytest.raises(OutputError, match="write-protected"):
        write_events(ROWS, path)
    assert path.read_text() == "old"


def interrupted(file, content):
    file.write(content)
    raise KeyboardInterrupt


def test_what_is_written_before_an_interruption_can_be_kept(tmp_path):
    path = tmp_path / "e.jsonl"
    path.write_text("old")
    for content in (b"one", b"two"):
        with pytest.raises(KeyboardInterrupt), replacing(path, partial=partial_path(path)) as file:
            interrupted(file, content)
    found = {child.name: child.read_text() for child in tmp_path.iterdir()}
    assert found == {"e.jsonl": "old", "e.partial.jsonl": "one", "e.partial-2.jsonl": "two"}


def test_names_for_what_is_kept_do_not_run_out(tmp_path, monkeypatch):
    taken = {"e.partial.jsonl", *(f"e.partial-{number}.jsonl" for number in range(2, 1500))}
    monkeypatch.setattr("kutub.outputs.atomic.os.path.lexists", lambda path: Path(path).name in taken)
    assert partial_path(tmp_path / "e.jsonl").name == "e.partial-1500.jsonl"


def test_what_is_written_to_a_pipe_before_an_interruption_is_there(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        with pytest.raises(KeyboardInterrupt), replacing(pipe) as file:
            interrupted(file, b"a line\n" * 100)
        assert reader.communicate()[0] == b"a line\n" * 100


def test_unknown_kind_and_double_names_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"end the name in \.jsonl, \.parquet, \.csv"):
        check_outputs([tmp_path / "events.xlsx"])
    with pytest.raises(InputError, match="given twice"):
        check_outputs([tmp_path / "e.csv", tmp_path / "." / "e.csv"])
