"""What descriptions say, in a sentence or two of plain text: OpenAPI's are CommonMark, and often HTML."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from typing import Final

__all__ = ["brief", "opening"]

_ENOUGH: Final = 200
"""Characters after which no further sentence begins."""
_READ: Final = 5000
"""Characters that are looked at: what counts stands first."""

_BLOCKS: Final = "p|br|hr|div|ul|ol|li|dl|dt|dd|h[1-6]|table|tr|pre|blockquote"
_INLINE: Final = "a|b|i|u|em|strong|code|span|small|sub|sup|tt|font|td|th|tbody|thead|kbd|var"
_PARTED: Final = re.compile(
    rf"\n[^\S\n]*\n|\n\s*(?=[-*+][^\S\n])|</?(?:{_BLOCKS})\b[^<>]*>", re.IGNORECASE
)
_ITEM_TAG: Final = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(rf"</?(?:{_INLINE})\b[^<>]*>", re.IGNORECASE)
_NO_TEXT: Final = re.compile(r"#|```|~~~|\||[-=*_]{3,}$")
"""How headings, code, tables and rules begin: what is said stands below them."""
_SENTENCES: Final = re.compile(r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)\s+(?=[^\W\d_a-z]|`)")


def brief(text: str | None) -> str:
    """The first paragraph of a description without its tags, on one line; of a long one its first sentences.

    A list stays with the words that lead to it, unless it is long. Empty where nothing is said.
    """
    first, *others = [*_paragraphs((text or "")[:_READ])] or [""]
    if not first.endswith(":"):
        return _first_sentences(first)
    items = [item.lstrip("-*+ ") for item in itertools.takewhile(_is_item, others)]
    whole = f"{first} {'; '.join(items) or ''.join(others[:1])}"
    return whole if len(whole) <= _ENOUGH else _first_sentences(first.removesuffix(":"))


def opening(text: str) -> tuple[str, str]:
    """The first sentence of a text, on one line, and what follows, in paragraphs."""
    first, *others = re.split(r"\n[^\S\n]*\n", text.strip())
    sentence, *rest = _SENTENCES.split(" ".join(first.split()), maxsplit=1)
    return sentence, "\n\n".join([*rest, *others]).strip()


def _paragraphs(text: str) -> Iterator[str]:
    listed = _ITEM_TAG.sub("\n- ", text.replace("\r\n", "\n"))
    for part in _PARTED.split(listed):
        plain = " ".join(_unescaped(_TAG.sub("", part)).split())
        if plain.strip("-*+ ") and not _NO_TEXT.match(plain):
            yield plain


def _unescaped(text: str) -> str:
    """Text with what its character references stand for; as it is where one is a number without end."""
    try:
        return html.unescape(text)
    except ValueError:
        return text


def _is_item(paragraph: str) -> bool:
    return paragraph[:2] in ("- ", "* ", "+ ")


def _first_sentences(text: str) -> str:
    sentences = _SENTENCES.split(text)
    said = sentences[0]
    for sentence in sentences[1:]:
        if len(said) + len(sentence) >= _ENOUGH:
            break
        said += f" {sentence}"
    return said
