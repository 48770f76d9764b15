"""From Markdown to the body of a page: without raw HTML, with anchors, and links to where the pages are."""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from wijkpeil.web.design.addresses import address
from wijkpeil.web.texts.documents import COLLECTIONS, Document, address_name, documents

_MADE_FROM_CODE = re.compile(r"<!-- Hieronder gemaakt uit de code.*?-->\n*", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FOUND_HERE = "Hier te vinden:"
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, kw_only=True)
class Written:
    """A page as it is read: its body, and its parts as (title, address on this page)."""

    body: Markup
    parts: tuple[tuple[str, str], ...]


@dataclass(kw_only=True)
class _Seen:
    """What was met on the way through a page."""

    document: Document
    anchors: set[str] = field(default_factory=set)
    parts: list[tuple[str, str]] = field(default_factory=list)
    heading: str = ""


@lru_cache(maxsize=256)
def written(collection: str, name: str, code: str) -> Written:
    """Write a page; ``code`` is the language of the request, in which its links are.

    What is made from docstrings is English, and says so to whoever reads it aloud.
    """
    document = documents(collection)[name]
    text = document.file.read_text(encoding="utf-8")
    dutch, _, made = _MADE_FROM_CODE.sub("\0", text, count=1).partition("\0")
    head, mark, english = made.partition("\n### ")
    seen = _Seen(document=document)
    body = _render(f"{dutch}\n{head}", seen)
    if mark:
        body += f'<div lang="en">\n{_render(f"### {english}", seen)}</div>\n'
    return Written(body=Markup(body), parts=tuple(seen.parts))


def _render(text: str, seen: _Seen) -> str:
    tokens = list(_reworked(_markdown().parse(_COMMENT.sub("", text)), seen))
    rendered: str = _markdown().renderer.render(
        tokens, _markdown().options, {"collection": seen.document.collection.id}
    )
    return rendered


def _reworked(tokens: Sequence[Token], seen: _Seen) -> Iterator[Token]:
    """Go through the blocks: anchors on headings, links to the site, tables that scroll, the title left out."""
    skipping = False
    english = False
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            skipping = token.tag == "h1"
            english = False
            _anchor(token, tokens[place + 1], seen)
        if token.type == "inline":
            token.children = list(_linked(token.children or [], seen.document))
            english = english or token.content.startswith(_FOUND_HERE)
        elif token.type == "paragraph_open" and english:
            token.attrSet("lang", "en")
        elif token.type == "table_open":
            token.meta["about"] = seen.heading
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        if not skipping:
            yield token
        if token.type == "heading_close":
            skipping = False


def _anchor(opening: Token, inside: Token, seen: _Seen) -> None:
    """Give a heading the anchor that code forges give it too, so that links between pages hold."""
    said = "".join(child.content for child in inside.children or [])
    seen.heading = said
    base = _NOT_IN_ANCHORS.sub("", said.casefold()).strip().replace(" ", "-") or "deel"
    anchor = next(name for name in (base, *(f"{base}-{n}" for n in range(1, 1000))) if name not in seen.anchors)
    seen.anchors.add(anchor)
    opening.attrSet("id", anchor)
    if opening.tag == "h2":
        seen.parts.append((said, f"#{anchor}"))


def _linked(children: Sequence[Token], document: Document) -> Iterator[Token]:
    """Turn links to files into links to pages; what is not on the site keeps its words and loses its link."""
    unlinked = False
    for token in children:
        if token.type == "link_open":
            at = _on_the_site(str(token.attrGet("href") or ""), document)
            unlinked = at is None
            if at is not None:
                token.attrSet("href", at)
        if unlinked and token.type in {"link_open", "link_close"}:
            continue
        yield token


def _on_the_site(href: str, document: Document) -> str | None:
    path, _, part = href.partition("#")
    if not path or href.startswith(("https://", "http://", "mailto:")):
        return href
    folders: list[str] = []
    for step in PurePosixPath(document.collection.id, path).parts:
        folders = folders[:-1] if step == ".." and folders else [*folders, step]
    collection = COLLECTIONS.get(folders[0]) if folders else None
    if collection is None or len(folders) > 2:
        return None
    name = address_name(folders[1]) if len(folders) == 2 else ""
    if name not in documents(collection.id):
        return None
    at = address(collection.text, name=name) if name else address(collection.contents)
    return f"{at}#{part}" if part else at


class _Renderer(RendererHTML):
    """Writes tables that scroll on their own, and blocks of code that a keyboard can reach."""

    def table_open(self, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
        about = escape(str(tokens[place].meta.get("about", "")))
        return (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{about}">'
            '<table class="utrecht-table utrecht-table--html-table">\n'
        )

    def table_close(self, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"

    def image(self, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
        """Write a picture of the page's own folder into the page itself, so that nothing else has to be served."""
        file = documents(env["collection"])[""].file.parent / str(tokens[place].attrGet("src") or "")
        alternative = escape(tokens[place].content)
        if file.suffix != ".svg" or not file.is_file():
            return f"<em>{alternative}</em>"
        drawn = b64encode(file.read_bytes()).decode()
        return (
            f'<span class="scroll picture" tabindex="0" role="region" aria-label="{alternative}">'
            f'<img src="data:image/svg+xml;base64,{drawn}" alt="{alternative}"></span>'
        )

    def fence(self, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
        _, _, file = tokens[place].info.strip().partition(" ")
        name = f'<p class="file"><code>{escape(file)}</code></p>\n' if "." in file else ""
        return f'{name}<pre tabindex="0"><code>{escape(tokens[place].content, quote=False)}</code></pre>\n'


def _line_break(state: StateInline, silent: bool) -> bool:
    """Read ``<br>``, the one tag that the cells of our tables need, as the end of a line."""
    if not state.src.startswith("<br>", state.pos):
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos += len("<br>")
    return True


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    made = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False}, renderer_cls=_Renderer)
    made.inline.ruler.before("autolink", "line_break", _line_break)
    return made
