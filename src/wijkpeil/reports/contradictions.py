"""A sentence may not say another thing than the figure that it cites, and may not say why where nobody looked into it.

Only words of the table are seen: what is not in it goes unseen, so that this helps a reader of the text and replaces
none. A clause is held against the figures in it, or else against the nearest one in its sentence.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wijkpeil.portrayal import verdicts
from wijkpeil.portrayal.language import Language
from wijkpeil.reports.claims import Answer, Claim
from wijkpeil.reports.contradiction_words import RULES, Rule
from wijkpeil.reports.reference_studies import ENOUGH

_ENDS = re.compile(r"(?<=[.!?])[\s\xa0]+(?=[\"'‘“(]?[A-ZÀ-Þ\U000F0000-\U000FFFFD])")
_SHORT = re.compile(
    r"\b(?:bijv|nr|dr|mr|drs|ir|prof|o\.a|d\.w\.z|ca|resp|jl|blz|art|mln|mld|m\.b\.t|t\.o\.v)\.$", re.IGNORECASE
)
_CLAUSES = re.compile(r"[,;:–—]|\b(?:terwijl|maar|hoewel|while|but|whereas)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:niet|geen|nooit|evenmin|noch|zonder|not|no|never)\b[^,;:]{0,25}$", re.IGNORECASE)
_OPEN = re.compile(
    r"niet te zeggen|weten we niet|is niet bekend|onbekend of|cannot be told|is not known", re.IGNORECASE
)
_GAPS = re.compile(r"\b(?:achterstand|achterstanden|verschil|verschillen|voorsprong|gap|gaps)\b", re.IGNORECASE)
_SIGN = re.compile("[\U000f0000-\U000ffffd]")


@dataclass(frozen=True, kw_only=True)
class Found:
    """Words that contradict, with their place in the text that was looked at, and the sentence that says why."""

    at: int
    words: str
    rule: str
    because: str


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text into sentences, each with its place; an abbreviation ends none."""
    start = 0
    for end in _ENDS.finditer(text):
        if _SHORT.search(text[start : end.start()]):
            continue
        yield start, text[start : end.start()]
        start = end.end()
    if text[start:].strip():
        yield start, text[start:]


def contradictions(language: Language, sentence: str, answers: Mapping[str, Answer]) -> Iterator[Found]:
    """Find the words of one sentence that its figures do not bear."""
    if _OPEN.search(sentence):
        return
    taken: list[tuple[int, int]] = []
    for rule in RULES:
        for said in rule.pattern.finditer(sentence):
            if any(start < said.end() and said.start() < end for start, end in taken):
                continue
            start, clause = _clause(sentence, said.start(), said.end())
            if rule.about_gaps is False and _GAPS.search(clause):
                continue
            denied = bool(_DENIED.search(sentence[start : said.start()]))
            because = _against(language, rule, sentence, (said.start(), said.end()), answers, denied=denied)
            if because:
                taken.append(said.span())
                yield Found(at=said.start(), words=said[0], rule=rule.name, because=because)


def _clause(sentence: str, first: int, last: int) -> tuple[int, str]:
    cuts = [(one.start(), one.end()) for one in _CLAUSES.finditer(sentence)]
    start = max((end for _, end in cuts if end <= first), default=0)
    stop = min((begin for begin, _ in cuts if begin >= last), default=len(sentence))
    return start, sentence[start:stop]


def _against(
    language: Language,
    rule: Rule,
    sentence: str,
    span: tuple[int, int],
    answers: Mapping[str, Answer],
    *,
    denied: bool,
) -> str:
    """Say why the words do not stand, or nothing where they do."""
    there = [(one.start(), answers[one[0]]) for one in _SIGN.finditer(sentence) if one[0] in answers]
    if rule.alone:
        if denied or any(answer.claim and rule.test(answer.claim) for _, answer in there):
            return ""
        return language.say(rule.because, enough=ENOUGH)
    if denied and not rule.when_denied:
        return ""
    start, clause = _clause(sentence, *span)
    telling = [(at, one) for at, one in there if one.is_absent or (one.claim and rule.test(one.claim) is not None)]
    inside = [one for at, one in telling if start <= at < start + len(clause)]
    chosen = inside or [one for _, one in sorted(telling, key=lambda pair: abs(pair[0] - span[0]))[:1]]
    if not chosen:
        return ""
    absent = next((one for one in chosen if one.is_absent and one.claim is None), None)
    if absent is not None and len(chosen) == 1:
        return "" if denied else language.say("hierover zijn er geen cijfers: {words}", words=absent.words)
    claims = [one.claim for one in chosen if one.claim is not None]
    wrong = _wrong(rule, claims, denied=denied)
    return _worded(language, rule, wrong) if wrong else ""


def _wrong(rule: Rule, claims: Sequence[Claim], *, denied: bool) -> Claim | None:
    """Give a figure that says otherwise, where no other in the clause says the same."""
    tested = [(claim, rule.test(claim)) for claim in claims]
    if any(outcome is (not denied) for _, outcome in tested):
        return None
    return next((claim for claim, outcome in tested if outcome is denied), None)


def _worded(language: Language, rule: Rule, claim: Claim) -> str:
    verdict = verdicts.word(language, claim.verdict) if claim.verdict else claim.words
    return language.say(rule.because, words=claim.words.rstrip("."), verdict=verdict, enough=ENOUGH)
