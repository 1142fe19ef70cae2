"""Personal numbers at rest (security.md 40 to 43): bound to their place, found by digest, rotated while others write."""

from types import SimpleNamespace

import pytest

from shouwen.core import privacy
from shouwen.core.tenancy import uuid7

NUMBER = "11010519491231002X"
OLD, NEW = "an-old-key-of-forty-characters-0123456789", "the-new-key-of-forty-characters-987654321"
HERE, THERE = SimpleNamespace(pk=uuid7()), SimpleNamespace(pk=uuid7())


@pytest.fixture
def keys(settings):
    """`keys("…", "…")` sets the ring, the newest first."""

    def turn(*ring):
        settings.PRIVACY_KEYS, settings.PRIVACY_KEY_FILE = list(ring), None

    return turn


def test_what_is_sealed_opens_in_its_own_place():
    sealed = privacy.seal(NUMBER, row="person:1:id")
    assert (privacy.unseal(sealed, row="person:1:id"), NUMBER in sealed) == (NUMBER, False)


@pytest.mark.parametrize("other", ["person:2:id", "person:1:phone", ""])
def test_a_ciphertext_moved_to_another_row_or_column_does_not_open(other):
    sealed = privacy.seal(NUMBER, row="person:1:id")
    with pytest.raises(privacy.Unreadable):
        privacy.unseal(sealed, row=other)


@pytest.mark.parametrize(
    "spoil", [lambda text: text[:-4] + "AAAA", lambda text: "0" + text[1:] if text[0] != "0" else "1" + text[1:]]
)
def test_a_changed_ciphertext_or_key_id_does_not_open(spoil):
    with pytest.raises(privacy.Unreadable):
        privacy.unseal(spoil(privacy.seal(NUMBER, row="r")), row="r")


def test_the_same_text_twice_is_sealed_differently():
    assert privacy.seal(NUMBER, row="r") != privacy.seal(NUMBER, row="r")


def test_nothing_stays_nothing():
    assert (privacy.seal("", row="r"), privacy.unseal("", row="r"), privacy.digest(HERE, " "), privacy.tail(HERE, "12")) == (
        "",
    ) * 4


def test_a_number_is_found_however_it_was_typed_and_only_in_its_own_centre():
    found = privacy.digest(HERE, NUMBER)
    assert found == privacy.digest(HERE, "１１０１０５ 19491231-002x")
    assert (len(found), found == privacy.digest(THERE, NUMBER), privacy.tail(HERE, NUMBER) == privacy.tail(THERE, NUMBER)) == (
        43,
        False,
        False,
    )


def test_the_tail_finds_by_the_last_four_characters():
    assert privacy.tail(HERE, NUMBER) == privacy.tail(HERE, "002X") != privacy.tail(HERE, "0021")


def test_a_new_key_seals_and_the_old_one_still_opens(keys):
    keys(OLD)
    sealed, found = privacy.seal(NUMBER, row="r"), privacy.digest(HERE, NUMBER)
    keys(NEW, OLD)
    assert (privacy.unseal(sealed, row="r"), privacy.is_current(sealed)) == (NUMBER, False)
    assert (privacy.is_current(privacy.seal(NUMBER, row="r")), privacy.digest(HERE, NUMBER)) == (True, found)


def test_once_the_old_key_is_dropped_it_opens_nothing_and_searching_goes_on(keys):
    keys(OLD)
    sealed, found = privacy.seal(NUMBER, row="r"), privacy.digest(HERE, NUMBER)
    keys(NEW, privacy.index_line([NEW, OLD]))
    assert privacy.digest(HERE, NUMBER) == found
    with pytest.raises(privacy.Unreadable):
        privacy.unseal(sealed, row="r")


def test_the_ring_is_read_again_when_its_file_changes(settings, tmp_path):
    path = tmp_path / "privacy.key"
    path.write_text(OLD)
    settings.PRIVACY_KEY_FILE = path
    before = privacy.ring().current
    path.write_text(f"{NEW}\n{OLD}\n")
    assert (before, privacy.ring().current) == (privacy.key_id(OLD), privacy.key_id(NEW))
