import re

RENEW = "run: python tests/unit/portrayal/translations.py, and translate what is empty in wijkpeil.po"


def texts(message) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


def test_every_sentence_has_an_english_one(translations):
    known = translations.catalogue()
    missing = [message.id for message in translations.sentences() if message.id and message.id not in known]
    empty = [message.id for message in known if message.id and not all(texts(message.string))]
    assert not missing, RENEW
    assert not empty, RENEW


def test_no_translation_is_kept_of_a_sentence_that_is_gone(translations):
    now = translations.sentences()
    assert not [message.id for message in translations.catalogue() if message.id and message.id not in now], RENEW


def test_a_translation_fills_in_the_same_parts(translations):
    for message in translations.catalogue():
        for dutch, english in zip(texts(message.id), texts(message.string), strict=True):
            if message.id:
                assert set(re.findall(r"{\w+}", dutch)) == set(re.findall(r"{\w+}", english)), dutch


def test_the_compiled_catalogue_is_that_of_the_source(translations):
    assert translations.MO.read_bytes() == translations.compiled(translations.catalogue()), RENEW
