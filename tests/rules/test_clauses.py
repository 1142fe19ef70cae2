"""Citations, and the short text of part 1."""

import pytest

from shouwen.rules.clauses import PART_ONE, bare, cite


@pytest.mark.parametrize(
    ("clause", "citation"),
    [
        ("1.3.1", "〔一(三)1〕"),
        ("4.3.2.1", "〔四(三)2(1)〕"),
        ("1.5", "〔一(五)〕"),
        ("1.10", "〔一(十)〕"),
        ("1.0", "〔一〕"),
        ("2.12", "〔二(十二)〕"),
        ("2.20", "〔二(二十)〕"),
        ("第九条第(二)项", "〔第九条第(二)项〕"),
        ("", ""),
        (None, ""),
    ],
)
def test_clause_is_cited_as_on_paper(clause, citation):
    assert cite(clause) == citation


def test_bare_citation_has_no_brackets():
    assert bare("1.3") == "一(三)"


def test_1_0_purpose_and_every_clause_of_part_one_has_a_text():
    """Clauses "1.0" to "1.10"."""
    assert list(PART_ONE) == [
        "1.0", "1.1", "1.2", "1.3", "1.3.1", "1.3.2", "1.3.3", "1.3.4", "1.3.5", "1.3.6",
        "1.4", "1.4.1", "1.4.2", "1.5", "1.6", "1.7", "1.8", "1.9", "1.10",
    ]  # fmt: skip
    assert PART_ONE["1.0"][:8] == "杜绝到岗不到位、"
