"""Public codes, document numbers, ticket numbers."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.rules.numbering import ALPHABET, check_code, document_number, new_code, normalise, ticket_number

SEEDS = st.integers(0, 2**32)
LENGTHS = st.sampled_from([8, 9, 10])


def code_of(seed: int, length: int = 8) -> str:
    return new_code("QS", random.Random(seed).randrange, length=length)


def test_a_code_is_prefix_and_two_groups_without_look_alikes():
    draws = iter([2, 24, 6, 27, 0, 15, 28, 10])
    assert new_code("QS", lambda _: next(draws)) == "QS-4T8W-2HXCH"
    assert set("01OIL") & set(ALPHABET) == set()


@settings(max_examples=100)
@given(SEEDS, LENGTHS)
def test_every_new_code_checks_and_survives_being_typed(seed: int, length: int):
    code = code_of(seed, length)
    assert check_code(code) is True
    for typed in (code, code.lower(), code.replace("-", ""), code.removeprefix("QS-"), f" {code.replace('-', ' — ')} "):
        assert normalise(typed, "QS") == code


@settings(max_examples=100)
@given(SEEDS, LENGTHS, st.data())
def test_one_wrong_character_or_two_changed_places_are_caught(seed: int, length: int, data: st.DataObject):
    body = code_of(seed, length).removeprefix("QS-").replace("-", "")
    i, j = data.draw(st.tuples(st.integers(0, length), st.integers(0, length)))
    wrong = body[:i] + data.draw(st.sampled_from(ALPHABET.replace(body[i], ""))) + body[i + 1 :]
    swapped = list(body)
    swapped[i], swapped[j] = body[j], body[i]
    assert normalise(wrong, "QS") is None
    assert normalise("".join(swapped), "QS") == (f"QS-{code_of(seed, length)[3:]}" if body[i] == body[j] else None)


def test_full_width_typing_is_forgiven():
    assert normalise("ｑｓ－４Ｔ８Ｗ－２ＨＸＣＨ", "QS") == "QS-4T8W-2HXCH"


@pytest.mark.parametrize("typed", ["", "QS", "QS-4T8W-2HXC", "QS-4T8W-2HXC4", "CK-4T8W-2HXCH", "QS-4T8W-2HXCH0", "办件"])
def test_what_is_no_code_is_none(typed: str):
    assert normalise(typed, "QS") is None


@pytest.mark.parametrize("code", ["QS-4T8W2-HXCH", "QS4T8W2HXCH", "qs-4t8w-2hxch", "QS-4T8W-2HXC4", "-", ""])
def test_check_accepts_only_our_own_spelling(code: str):
    assert check_code(code) is False


def test_codes_tell_neither_order_nor_number():
    codes = [new_code("QS") for _ in range(2000)]
    rising = sum(later > earlier for earlier, later in pairwise(codes))
    assert len(set(codes)) == 2000
    assert 850 < rising < 1150


def test_a_code_shorter_than_guessing_allows_is_refused():
    with pytest.raises(ValueError, match="8 至 10 位"):
        new_code("QS", length=4)


def test_document_numbers_follow_the_official_form():
    assert document_number("青便服受", 2026, 15) == "青便服受〔2026〕15号"
    assert document_number("", 2026, 120) == "〔2026〕120号"
    for year, serial in ((26, 1), (2026, 0)):
        with pytest.raises(ValueError, match="文号"):
            document_number("青便服受", year, serial)


def test_ticket_numbers_are_padded_and_grow():
    assert [ticket_number("A", serial) for serial in (1, 42, 1000)] == ["A001", "A042", "A1000"]
    with pytest.raises(ValueError, match="排队号"):
        ticket_number("A", 0)
