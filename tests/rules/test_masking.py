"""What the public and the logs may see of a person. All numbers are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.rules.masking import mask_bank_card, mask_id_card, mask_mail, mask_name, mask_phone, scrub


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王兰", "王*"),
        ("王小兰", "王*兰"),
        ("欧阳小兰", "欧**兰"),
        ("阿依古丽·买买提", "阿******提"),
        ("王", "*"),
        ("", ""),
        (" 王兰 ", "王*"),
        ("Anna Smith", "A*** S***"),
        ("𠮷田太郎", "𠮷**郎"),
    ],
)
def test_a_name_keeps_its_ends(name: str, shown: str):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812340000", "138****0000"),
        ("138-1234-0000", "138****0000"),
        ("+86 138 1234 0000", "138****0000"),
        ("0372-5551234", "*******1234"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_phone_number_keeps_its_tail(phone: str, shown: str):
    assert mask_phone(phone) == shown


def test_an_identity_number_keeps_six_and_four_or_only_two():
    assert mask_id_card("41052219900101123x") == "410522********123X"
    assert mask_id_card("410522900101123") == "410522*****1123"
    assert mask_id_card("41052219900101123X", strict=True) == "****************3X"
    assert mask_id_card("4105221990") == "********90"


def test_bank_cards_and_mail_addresses():
    assert mask_bank_card("6222 0213 0000 1234 567") == "***************4567"
    assert mask_mail("lan.wang@example.com") == "l***@example.com"
    assert mask_mail("无") == "***"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证41052219900101123X已核", "身份证" + "*" * 16 + "3X已核"),
        ("id=410522900101123;", "id=" + "*" * 13 + "23;"),
        ("电话13812340000", "电话" + "*" * 9 + "00"),
        ("+8613812340000", "+" + "*" * 11 + "00"),
        ("138 1234 0000", "*" * 11 + "00"),
        ("138-1234-0000", "*" * 11 + "00"),
        ("卡6222021300001234567", "卡" + "*" * 17 + "67"),
        ("卡6222 0213 0000 1234", "卡" + "*" * 17 + "34"),
        ("13812340000 13912340001", "*" * 21 + "01"),
        ("410522 19900101 123X", "*" * 18 + "3X"),
        ("4711 138 1234 0000", "*" * 16 + "00"),
    ],
)
def test_scrub_hides_numbers_of_people(text: str, shown: str):
    assert scrub(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-18 08:30:59,123 INFO 办件 QS-4T8W-2HXCH 已受理",
        "20260918083059 tick 1789000000000",
        "〔2026〕120号 12345;0372-5551234",
        "sha256 9f86d081884c7d659a2feaa0c55ad015",
        "10.0.0.1:8000 200 15 ms",
    ],
)
def test_scrub_leaves_times_codes_and_addresses(text: str):
    assert scrub(text) == text


@settings(max_examples=200)
@given(st.text(), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(alphabet="王,。 :/=abc", max_size=5))
def test_scrub_never_leaves_a_mobile_number(before: str, phone: str, after: str):
    assert phone not in scrub(f"{before},{phone}{after}")
