"""What is written as Turtle is read back as it was."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef

from wijkpeil.publication.turtle import Iri, Text, turtle

ABOUT = "https://ergens.example/ding"
WRITTEN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@given(WRITTEN)
def test_any_text_comes_back_as_it_was(said):
    graph = Graph().parse(data=turtle([(Iri(ABOUT), {"dct:title": Text(said, "nl")})]), format="turtle")
    [found] = graph.objects(URIRef(ABOUT))
    assert found == Literal(said, lang="nl")


@given(WRITTEN)
def test_any_address_stays_one_address(said):
    graph = Graph().parse(data=turtle([(Iri(f"{ABOUT}/{said}"), {"dct:issued": date(2026, 11, 24)})]), format="turtle")
    assert len(graph) == 1


def test_what_is_said_twice_stands_once():
    twice = (Iri(ABOUT), {"a": "foaf:Document"})
    assert turtle([twice, twice]).count(f"<{ABOUT}>") == 1
