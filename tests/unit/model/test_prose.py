"""What descriptions say in short."""

from __future__ import annotations

import pytest

from arazzoc.model.prose import brief, opening


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, ""),
        ("  \n ", ""),
        ("Id of the\n  order", "Id of the order"),
        ("Id of the order.\n\nNever more than 36 characters.", "Id of the order."),
        ("<p>Id of <b>the</b> order.</p><p>Max: 36</p>", "Id of the order."),
        ("One<br/>Two", "One"),
        ("# Orders\n\nId of the order.", "Id of the order."),
        ("Send `<your-key>` as it is", "Send `<your-key>` as it is"),
        ("Fewer than 5 &lt; 7", "Fewer than 5 < 7"),
        ("One of:\n\n- new\n- paid\n\nNever empty.", "One of: new; paid"),
        ("One of:<ul><li>new</li><li>paid</li></ul>", "One of: new; paid"),
        ("In short:\n\nall of it.\n\nMore.", "In short: all of it."),
        ("Kinds of order\n- new\n- paid", "Kinds of order"),
        ("```\ncode\n```", ""),
    ],
)
def test_the_first_paragraph_is_said_in_plain_text(text: str | None, said: str) -> None:
    assert brief(text) == said


def test_a_character_reference_without_end_stays_as_it_is() -> None:
    reference = f"&#{'9' * 4500};"
    assert brief(f"Price in {reference}") == f"Price in {reference}"


def test_a_long_paragraph_ends_with_a_sentence() -> None:
    said = brief("This is a sentence of some length, about nothing at all. " * 20)
    assert 100 < len(said) <= 200
    assert said.endswith("about nothing at all.")


def test_a_long_list_is_left_out() -> None:
    items = "\n".join(f"- choice number {number}" for number in range(40))
    assert brief(f"One of the following:\n{items}") == "One of the following"


def test_a_long_sentence_is_not_broken() -> None:
    sentence = "word " * 100 + "end."
    assert brief(f"{sentence} More.") == sentence


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("", "", ""),
        ("Cancel a job", "Cancel a job", ""),
        ("Cancel a job.  Then\n wait.", "Cancel a job.", "Then wait."),
        ("Cancel a job.\n\nThen wait. Tell.", "Cancel a job.", "Then wait. Tell."),
        ("Cancel some, e.g. Jobs. Wait.", "Cancel some, e.g. Jobs.", "Wait."),
        ("Version 1.2 of it. Wait.", "Version 1.2 of it.", "Wait."),
    ],
)
def test_an_opening_is_the_first_sentence(text: str, first: str, rest: str) -> None:
    assert opening(text) == (first, rest)
