"""A progress report: the whole example, hostile text, the same bytes twice, a command that tells all that is wrong."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from time import process_time

import pikepdf
import pytest

from wijkpeil.cli.main import main
from wijkpeil.reports.as_text import as_text
from wijkpeil.reports.document import Annexe, Document, Heading, Table, every_block
from wijkpeil.reports.editing import LONGEST, edit
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.progress import FaultyTextError, check_text, progress
from wijkpeil.reports.reference_kinds import KINDS
from wijkpeil.reports.state import ProgrammeState, state_text
from wijkpeil.reports.typesetting import compile_pdf
from wijkpeil.reports.written import Written, WrittenError, read_written
from wijkpeil.sources.example import rapport

SUMMARY = "# Samenvatting\n\nKort.\n"
HANDBOOK = Path(__file__).parents[4] / "docs" / "handboek" / "15-voortgangsrapportage.md"


def _written(*parts: str, annexes: bool = False) -> Written:
    return Written(title="Rapport", parts=tuple((f"{n}.md", text) for n, text in enumerate(parts)), annexes=annexes)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("rapport")
    for name, text in rapport.files().items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def whole(grounds: Grounds, folder: Path) -> Document:
    few = replace(grounds.programme, neighbourhoods=grounds.programme.neighbourhoods[:2])
    return progress(replace(grounds, programme=few), read_written(folder))


def test_the_example_has_every_section_a_letter_has_and_a_summary_first(whole: Document) -> None:
    sections = [block.text for block in whole.blocks if isinstance(block, Heading) and block.level == 1]
    assert sections == [
        "Samenvatting",
        "Waar staan de wijken?",
        "Grote verschillen tussen de wijken",
        "Afbouwen en intensiveren",
        "Afspraken en geld",
        "Hielp het?",
        "Bewoners",
        "Instrumenten",
        "Vooruitblik",
    ]
    assert whole.contents
    assert [block.title for block in whole.blocks if isinstance(block, Annexe)] == ["Schippersbuurt", "Fabrieksbuurt"]
    assert whole.provenance.edition == "voorbeeld"
    assert all((whole.provenance.edition_hash, whole.provenance.state_hash, whole.provenance.text_hash))


def test_the_same_text_gives_the_same_bytes_that_read_aloud(whole: Document) -> None:
    once = compile_pdf(whole)
    assert once == compile_pdf(whole)
    with pikepdf.open(BytesIO(once)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nl"


def test_a_reference_to_a_table_gives_its_number(whole: Document) -> None:
    said = as_text(whole)
    assert "Tabel 1 geeft elk cijfer apart." in said
    assert "**Tabel 1.** Wonen" in said
    tables = [block for block in every_block(whole.blocks) if isinstance(block, Table) and block.id]
    assert f"**Tabel {len(tables)}.**" in said


def test_the_text_hash_follows_every_letter_of_the_text() -> None:
    one = _written(SUMMARY)
    assert one.hash == _written(SUMMARY).hash
    assert len({one.hash, _written(SUMMARY + " ").hash, replace(one, title="Ander").hash}) == 3


def test_a_text_with_faults_becomes_no_document_and_tells_all(grounds: Grounds) -> None:
    with pytest.raises(FaultyTextError) as caught:
        progress(grounds, _written("# Begin\n\n{{ cijfer X y }}", "Er zijn 12 dingen. {{ zie niets }}"))
    assert {(fault.place.file, fault.rule) for fault in caught.value.faults} == {
        ("0.md", "opbouw"),
        ("0.md", "verwijzing"),
        ("1.md", "getypt"),
        ("1.md", "verwijzing"),
    }


def test_two_tables_of_one_name_and_a_pointer_to_none_are_told(grounds: Grounds) -> None:
    text = "{{ tabel oordelen }}\n\n{{ tabel oordelen }}\n\nZie {{ zie tabel-oordeel }}.\n"
    faults = check_text(grounds, _written(SUMMARY, text)).faults
    assert "al van een andere" in faults[0].sentence
    assert str(faults[0].place) == "1.md:3:1"
    assert faults[1].near == ("tabel-oordelen",)


def test_a_heading_that_skips_a_level_is_told(grounds: Grounds) -> None:
    (fault,) = check_text(grounds, _written(SUMMARY, "Tekst\n\n### Diep\n")).faults
    assert fault.rule == "opbouw"
    assert str(fault.place) == "1.md:3:1"


def test_what_the_writer_stands_for_is_told_at_the_end(grounds: Grounds) -> None:
    made = progress(grounds, _written(SUMMARY, 'Dit heeft geleid tot rust {{ aanvaard "De wijk zegt het zo." }}.'))
    said = as_text(made)
    assert "## Wat de schrijver bewust zo schreef" in said
    assert "De wijk zegt het zo." in said


HOSTILE = [
    ("<script>alert(1)</script>", "HTML"),
    ("<img src=x onerror=y>", "HTML"),
    ("![een foto](https://x.example/a.png)", "plaatje"),
    ("[hier](javascript:alert(1))", "link"),
    ("[hier](file:///etc/passwd)", "link"),
    ("[hier]({{ editie }})", "link"),
    ("```\ncode {{ editie }}\n```", "gebruik koppen"),
    ("    ingesprongen", "gebruik koppen"),
    ("> ```\n> code\n> ```", "gebruik koppen"),
    ("- een\n\n      code", "gebruik koppen"),
]


@pytest.mark.parametrize(("text", "said"), HOSTILE)
def test_hostile_markdown_is_told_and_does_nothing(grounds: Grounds, text: str, said: str) -> None:
    edited = edit(grounds, "t.md", text)
    assert any(said in fault.sentence for fault in edited.faults)
    spans = [span for block in edited.blocks for span in getattr(block, "text", ()) if not isinstance(span, str)]
    assert all(span.link in {"", "https://x.example/a.png"} for span in spans)


@pytest.mark.parametrize("text", ["#" * 5000, "*" * 20_000, "[" * 20_000, "> " * 5000 + "x", "{{ " * 5000, "- " * 3000])
def test_text_made_to_hang_is_read_in_no_time(grounds: Grounds, text: str) -> None:
    began = process_time()
    edited = edit(grounds, "t.md", text)
    assert edited.blocks or edited.faults
    assert process_time() - began < 2


def test_a_text_that_is_too_long_is_refused(grounds: Grounds) -> None:
    (fault,) = edit(grounds, "t.md", "a" * (LONGEST + 1)).faults
    assert "te lang" in fault.sentence


def test_signs_of_our_own_in_a_text_stand_for_nothing(grounds: Grounds) -> None:
    edited = edit(grounds, "t.md", "Een \U000f0000 teken en {{ editie }}.")
    assert edited.faults == ()
    assert "editie voorbeeld" in as_text(progress(grounds, _written(SUMMARY, "Een \U000f0000 teken en {{ editie }}.")))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "ontbreekt rapport.toml"),
        ({"rapport.toml": "titel = 'x'"}, "staan 0 bestanden"),
        ({"rapport.toml": "titel = ", "a.md": ""}, "geen TOML"),
        ({"rapport.toml": "titl = 'x'", "a.md": ""}, "'titl' kennen we niet"),
        ({"rapport.toml": "ondertitel = 'x'", "a.md": ""}, "de titel ontbreekt"),
        ({"rapport.toml": "titel = 'x'\nbijlagen = 3", "a.md": ""}, "true of false"),
    ],
)
def test_a_folder_that_is_no_text_is_refused(tmp_path: Path, files: dict[str, str], said: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(WrittenError, match=said):
        read_written(tmp_path)


def test_one_file_begins_with_its_title(grounds: Grounds, tmp_path: Path) -> None:
    file = tmp_path / "t.md"
    file.write_text("# Titel\n\n## Samenvatting\n\nEr zijn {{ cijfer X y }}.\n")
    written = read_written(file)
    assert written.title == "Titel"
    (fault,) = check_text(grounds, written).faults
    assert str(fault.place) == "t.md:5:9"
    file.write_text("Geen titel\n")
    with pytest.raises(WrittenError, match="begint met zijn titel"):
        read_written(file)


def test_the_handbook_has_the_table_of_all_kinds() -> None:
    page = HANDBOOK.read_text(encoding="utf-8")
    for kind in KINDS.values():
        assert f"| `{{{{ {kind.shape.replace('|', '¦')} }}}}` | {kind.what} |" in page


@pytest.fixture
def run(example_shelf: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def ran(*words: str) -> tuple[int, str, str]:
        code = main(["report", *words, "--shelf", str(example_shelf)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


@pytest.fixture
def state_file(tmp_path: Path, told_state: ProgrammeState) -> Path:
    file = tmp_path / "stand.json"
    file.write_text(state_text(told_state), encoding="utf-8")
    return file


def test_the_command_writes_the_example_checks_it_and_makes_it(run, tmp_path: Path, state_file: Path) -> None:
    text, out = tmp_path / "tekst", tmp_path / "rapport.md"
    assert run("text", "--out", str(text))[0] == 0
    (text / "rapport.toml").write_text('titel = "Kort"\nbijlagen = false\n')
    code, said, _ = run("check", str(text), "--state", str(state_file))
    assert code == 0
    assert "niets aan te merken" in said
    assert run("progress", str(text), "--state", str(state_file), "--out", str(out))[0] == 0
    assert out.read_text(encoding="utf-8").startswith("# Kort\n")
    assert "bestaat al" in run("progress", str(text), "--out", str(out))[2]
    assert "is er al" in run("text", "--out", str(text))[2]


def test_the_command_tells_every_fault_and_writes_nothing(run, tmp_path: Path) -> None:
    file, out = tmp_path / "t.md", tmp_path / "r.pdf"
    file.write_text("# T\n\n## Samenvatting\n\nEr zijn 40 wijken. {{ cijfer Schipersbuurt bijstand }}\n")
    code, _, err = run("progress", str(file), "--out", str(out))
    assert code == 2
    assert "Er zijn 2 klachten" in err
    assert "t.md:5:9: Het getal '40 wijken' is getypt." in err
    assert "t.md:5:20: De editie kent geen gebied 'Schipersbuurt'. Bedoelde je Schippersbuurt" in err
    assert not out.exists()
    state = tmp_path / "s.json"
    state.write_text('{"programme": "anders", "taken_on": "2026-01-01"}')
    assert "van programma anders" in run("check", str(file), "--state", str(state))[2]
    code, said, _ = run("check", str(file), "--json")
    assert code == 1
    assert [one["rule"] for one in json.loads(said)["faults"]] == ["getypt", "verwijzing"]
