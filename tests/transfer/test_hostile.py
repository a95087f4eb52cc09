"""Files that are wrong, damaged or traps: said in words, the desk untouched, nothing hangs."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.transfer.files import as_csv, bring, course, row, tickets, written
from tierline.domain.errors import WorldError
from tierline.transfer import limits

_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    "<log><trace><event><string key='x' value='&b;'/></event></trace></log>"
)


def refused(tmp_path: Path, file: Path, **how: object) -> WorldError:
    with pytest.raises(WorldError) as caught:
        bring(tmp_path / "desk", file, **how)
    assert caught.value.safe
    assert caught.value.todo
    assert tickets(tmp_path / "desk") == {}
    return caught.value


def packed(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b"\n\n \n", "is empty"),
        ("binary.csv", bytes(range(256)) * 50, "binary"),
        ("nul.csv", b"number,state\nINC1,\0\0\0\0New\n", "binary"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(99), "a picture"),
        ("report.csv", b"%PDF-1.7 ...", "a PDF"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Excel"),
        ("strange.csv", b"colour;shape\nred;round\n", "no format"),
        ("page.xes", b"<html><body>Sign in</body></html>", "no XES"),
        ("half.xes", b"<log><trace><event><string key='a' value='b'/>", "cut off"),
        ("bomb.xes", _BOMB.encode(), "document type"),
        ("deep.xes", b"<log>" + b"<a>" * 500, "deep"),
        ("broken.json", b'[{"number": "1", ', "no sound JSON"),
        ("number.json", b"[1, 2, 3]", "no tickets"),
        ("plain.json", b'{"error": "login"}x', "no sound JSON"),
        ("broken.zip", b"PK\x03\x04" + bytes(50), "damaged"),
        ("empty.zip", packed({}), "empty zip"),
        ("folders.zip", packed({"__MACOSX/x.csv": b"a"}), "empty zip"),
        ("nested.zip", packed({"inner.zip": packed({"log.csv": b"number\n1"})}), "packed twice"),
        ("nested.gz", gzip.compress(packed({"log.csv": b"number\n1"})), "packed twice"),
        ("blank.gz", gzip.compress(b""), "is empty"),
        ("hollow.xlsx", packed({"xl/workbook.xml": b"<nothing/>"}), "workbook"),
        ("bomb.xlsx", packed({"xl/workbook.xml": _BOMB.encode()}), "entities"),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",  # packed ones hold the time
)
def test_what_cannot_be_taken_is_refused_in_words(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    assert said in refused(tmp_path, written(tmp_path, data, name)).what


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    assert "no file" in refused(tmp_path, tmp_path / "gone.csv").what
    assert "is a folder" in refused(tmp_path, tmp_path).what


@pytest.mark.parametrize("wrap", [gzip.compress, lambda data: packed({"log.csv": data})])
def test_a_packed_file_that_is_cut_off(tmp_path: Path, wrap: Callable[[bytes], bytes]) -> None:
    rows = [row(number=f"INC{n}", caller_id=f"Caller {n * 7919}") for n in range(3_000)]
    whole = wrap(as_csv(rows).encode())
    refusal = refused(tmp_path, written(tmp_path, whole[: len(whole) // 2], "log.gz"))
    assert "damaged or cut off" in refusal.what


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = packed({"log.csv": bytes(40 * limits.MIB)})
    assert "zip bomb" in refused(tmp_path, written(tmp_path, bomb, "bomb.zip")).what


def test_a_gzip_bomb_is_stopped_on_the_way(tmp_path: Path) -> None:
    head = as_csv([row()]).encode()
    bomb = gzip.compress(head + (b"x" * limits.MIB + b"\n") * 40, compresslevel=6)
    assert "zip bomb" in refused(tmp_path, written(tmp_path, bomb, "bomb.csv.gz")).what


def test_a_workbook_bomb_is_not_unpacked(tmp_path: Path) -> None:
    sheet = {"xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": bytes(40 * limits.MIB)}
    assert "zip bomb" in refused(tmp_path, written(tmp_path, packed(sheet), "bomb.xlsx")).what


def test_a_table_of_which_hardly_any_row_is_good_is_given_up(tmp_path: Path) -> None:
    text = as_csv([row()]) + "x,y\n" * 12_000
    assert "Hardly any row" in refused(tmp_path, written(tmp_path, text)).what


def test_a_zip_with_a_password(tmp_path: Path) -> None:
    data = bytearray(packed({"log.csv": b"number,state\n1,New\n"}))
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    assert "password" in refused(tmp_path, written(tmp_path, bytes(data), "locked.zip")).what


def test_one_endless_line_is_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "wide.csv"
    with file.open("wb") as out:
        out.truncate(0)
        for _ in range(70):
            out.write(b"a," * (limits.MIB // 2))
    assert "longer than 64 MB" in refused(tmp_path, file).what


def test_too_many_columns(tmp_path: Path) -> None:
    header = ",".join(f"c{n}" for n in range(5_000))
    assert "columns" in refused(tmp_path, written(tmp_path, f"{header}\n1\n")).what


def test_a_quote_that_is_never_closed_costs_its_own_row_only(tmp_path: Path) -> None:
    lines = as_csv([row(number=f"INC{n}") for n in range(1, 8)]).splitlines()
    lines[3] = lines[3].replace("Ada Prior", '"Ada Prior', 1).replace("INC3,", "INC3,", 1)
    report = bring(tmp_path / "desk", written(tmp_path, "\r\n".join(lines) + "\r\n"))
    assert [(bad.number, bad.why) for bad in report.bad] == [
        (4, "a quote is opened and never closed")
    ]
    assert sorted(tickets(tmp_path / "desk")) == ["INC1", "INC2", "INC4", "INC5", "INC6", "INC7"]


def test_bad_rows_are_told_by_number_and_the_rest_is_kept(tmp_path: Path) -> None:
    rows = as_csv(
        [
            row(number="INC1"),
            row(number="?"),
            row(number="INC3", sys_updated_at="31/2/2016 10:00"),
            row(number="INC4" * 100),
            row(number="INC5"),
        ]
    )
    lines = [*rows.splitlines(), "INC6,New", "INC7," + "x," * 40]
    report = bring(tmp_path / "desk", written(tmp_path, "\n".join(lines) + "\n"))
    assert [bad.number for bad in report.bad] == [3, 4, 5, 7, 8]
    assert 'updated at "31/2/2016 10:00" is no date' in report.as_text()
    assert report.bad_count == 5
    assert sorted(tickets(tmp_path / "desk")) == ["INC1", "INC5"]


def test_a_file_cut_off_in_a_row_keeps_those_before(tmp_path: Path) -> None:
    text = as_csv([row(number=f"INC{n}") for n in range(1, 5)])
    report = bring(tmp_path / "desk", written(tmp_path, text[:-60]))
    assert [bad.number for bad in report.bad] == [5]
    assert any("cut off" in said for said in report.warnings)
    assert len(tickets(tmp_path / "desk")) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [row(number=f"INC{n}", caller_id="Åse Größer, née Müller") for n in range(30)]
    text = as_csv(rows, delimiter=delimiter)
    bring(tmp_path / "desk", written(tmp_path, text.encode(encoding)))
    assert {t.contact for t in tickets(tmp_path / "desk").values()} == {"Åse Größer, née Müller"}


def test_a_stray_western_byte_is_mended_and_told(tmp_path: Path) -> None:
    many = [row(number=f"INC{n}", caller_id="Åse") for n in range(1_600)]
    data = as_csv([*many, row(number="INC9999", caller_id="Jos#")]).encode()
    report = bring(tmp_path / "desk", written(tmp_path, data.replace(b"Jos#", b"Jos\xe9")))
    found = tickets(tmp_path / "desk")
    assert (found["INC9999"].contact, found["INC1"].contact) == ("José", "Åse")
    assert any("1 bytes are not utf-8" in said for said in report.warnings)


def test_text_that_is_large_or_strange_comes_in_as_it_is(tmp_path: Path) -> None:
    texts = {
        "INC1": "x" * (10 * limits.MIB),
        "INC2": "<img src='file:///etc/passwd'><script>alert(1)</script>",
        "INC3": "abc \u202e fed \u2066 \U0001f469\u200d\U0001f527 end",
        "INC4": '=HYPERLINK("http://x","y")',
    }
    columns = ("number", "state", "opened_at", "priority", "short_description", "description")
    rows = [
        {
            "number": n,
            "state": "New",
            "opened_at": "13/3/2016 09:00",
            "priority": "3",
            "short_description": "s",
            "description": text,
        }
        for n, text in texts.items()
    ]
    bring(tmp_path / "desk", written(tmp_path, as_csv(rows, columns)))
    assert {n: t.description for n, t in tickets(tmp_path / "desk").items()} == texts


def test_a_zip_may_hold_several_tables_and_a_readme(tmp_path: Path) -> None:
    members = {
        "README.txt": b"What this is.",
        "a.csv": as_csv(course("INC1")).encode(),
        "more/b.csv": as_csv(course("INC2")).encode(),
        "__MACOSX/._a.csv": b"\0\0",
    }
    report = bring(tmp_path / "desk", written(tmp_path, packed(members), "export.zip"))
    assert [file.file for file in report.files] == ["export.zip/a.csv", "export.zip/more/b.csv"]
    assert sorted(tickets(tmp_path / "desk")) == ["INC1", "INC2"]


def test_an_import_that_is_refused_later_leaves_the_first_files_out_too(tmp_path: Path) -> None:
    good = written(tmp_path, as_csv(course()), "good.csv")
    bad = written(tmp_path, b"\x89PNG\r\n", "bad.csv")
    with pytest.raises(WorldError, match="a picture"):
        bring(tmp_path / "desk", good, bad)
    assert tickets(tmp_path / "desk") == {}


@pytest.mark.parametrize(
    ("toml", "said", "todo"),
    [
        ("name = ", "it is no TOML", "line"),
        ('name = "x"', "missing required field `columns`", "example"),
        ('name = "x"\ncolums = {}\ncolumns = {number = "a"}', "`colums`", '"columns"'),
        ('name = "x"\n[columns]\nnumbr = "a"', "columns.numbr", '"number"'),
        ('name = "x"\n[columns]\nsubject = "a"', "columns.number is missing", "apart"),
        ('name = "x"\n[columns]\nnumber = 3', "columns", "example"),
        ('name = "x"\nzone = "Mars/Base"\n[columns]\nnumber = "a"', "Mars/Base", "Europe/London"),
        ('name = "x"\ndate_order = "xyz"\n[columns]\nnumber = "a"', "xyz", "dmy"),
        ('name = "x"\n[columns]\nnumber = "a"\n[priorities]\nhuge = 9', "huge", "1 to 4"),
        ('name = "x"\n[columns]\nnumber = "a"\n[backfilled]\nend = ["b"]', "backfilled.end", ""),
    ],
)
def test_a_wrong_mapping_is_told_by_key(tmp_path: Path, toml: str, said: str, todo: str) -> None:
    mapping = written(tmp_path, toml, "own.toml")
    refusal = refused(tmp_path, written(tmp_path, as_csv(course())), mapping=mapping)
    assert "own.toml" in refusal.what
    assert said in refusal.what
    assert todo in refusal.todo


def test_a_mapping_that_is_not_there_or_no_text_or_fits_no_column(tmp_path: Path) -> None:
    log = written(tmp_path, as_csv(course()))
    assert "cannot be read" in refused(tmp_path, log, mapping=tmp_path / "no.toml").what
    noise = written(tmp_path, b"\xff\xfe\x00", "noise.toml")
    assert "not UTF-8" in refused(tmp_path, log, mapping=noise).what
    other = written(tmp_path, 'name = "x"\n[columns]\nnumber = "Ticket ID"', "other.toml")
    assert 'no column "ticket id"' in refused(tmp_path, log, mapping=other).what


def test_wrong_wishes_are_refused(tmp_path: Path) -> None:
    log = written(tmp_path, as_csv(course()))
    assert "no format" in refused(tmp_path, log, from_="remedy").what
    assert "no policy" in refused(tmp_path, log, policy="gold").what
    assert "not known" in refused(tmp_path, log, zone="Mars/Base").what
