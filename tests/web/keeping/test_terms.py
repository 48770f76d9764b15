"""Every kind of personal data with a term is in the handbook, with its term and its reason, word for word."""

from pathlib import Path

from wijkpeil.site.keeping.terms import TERMS

HANDBOOK = Path(__file__).parents[3] / "docs/handboek/13-beheer.md"


def test_each_term_is_a_row_of_the_handbook_and_no_row_is_left_over():
    chapter = HANDBOOK.read_text().split("## Wissen na een termijn")[1].split("\n## ")[0]
    rows = [line for line in chapter.splitlines() if line.startswith("| ")][2:]
    assert rows == [f"| {one.what} | {one.term} | {one.reason} |" for one in TERMS]
