"""The pages of outcomes say what the command says now of the real files."""

from pathlib import Path

import pytest

from wijkpeil.cli.main import main
from wijkpeil.publication import Edition

pytestmark = [pytest.mark.real, pytest.mark.slow]

PAGES = Path(__file__).parents[2] / "docs" / "uitkomsten"


@pytest.mark.parametrize("programme", ["aandachtswijken", "rotterdam_zuid"])
def test_the_page_is_what_the_command_gives(
    edition: Edition, programme: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf = str(edition.folder.parent)
    code = main(["outcomes", "--shelf", shelf, "--edition", edition.id, "--programme", programme, "--markdown"])
    page = (PAGES / f"{programme}.md").read_text(encoding="utf-8")
    assert code == 0
    assert capsys.readouterr().out == page, "Write it anew: docs/uitkomsten/README.md says how"


def test_nearly_everything_nationwide_is_described_and_not_judged(edition: Edition) -> None:
    whole = edition.outcomes(comparators=["country"]).row(0, named=True)
    assert whole["described_because"] == "modelled"
    assert whole["described"] > 0.9 * whole["changes"]
