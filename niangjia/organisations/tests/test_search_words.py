"""Cutting names and queries into keys. No database."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.organisations.models import Kind
from niangjia.organisations.rules import search_queries, search_strata, search_words
from niangjia.organisations.rules.search_documents import Document
from niangjia.regions.models import Level

HAN = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1)
LEXEME = re.compile(r"'#([=^~@])([^'#\\\s]+)'(:\*)?")


def document(name="义乌市总工会", **fields):
    values = {
        "kind": Kind.FEDERATION,
        "level": Level.COUNTY,
        "number": "33078200000018",
        "places": {"330000": "浙江省", "330700": "金华市", "330782": "义乌市"},
    }
    return Document(name=name, **(values | fields))


def matches(template, document):
    """Whether the index would match: a tsquery read the way PostgreSQL reads it."""
    keys = {key[1:] for key in document.lexemes()}

    def holds(match):
        wanted = match[1] + match[2]
        found = any(key.startswith(wanted) for key in keys) if match[3] else wanted in keys
        return str(found)

    python = LEXEME.sub(holds, template)
    python = python.replace("&", " and ").replace("|", " or ").replace("!", " not ")
    assert not re.search(r"[^\s()a-zA-Z]", python), python
    return eval(python)  # noqa: S307 - made of True, False, and, or, not


def tier_of(words, document):
    """Which tiers of the query match; exactly one does, or none."""
    return [
        n for n, tier in enumerate(search_queries.parse(words).tiers) if matches(tier, document)
    ]


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        ("义乌市总工会", 0),
        ("ywzgh", 0),
        ("ywszgh", 0),
        ("义乌", 0),
        ("yiwu", 0),
        ("义乌市总", 1),
        ("yiwus", 1),
        ("ywsz", 1),
        ("总工会", 2),
        ("zonggonghui", 2),
        ("浙江", 2),
        ("浙江总工会", 3),
        ("杭州", None),
    ],
)
def test_the_better_the_match_the_earlier_its_tier(words, tier):
    assert tier_of(words, document()) == ([] if tier is None else [tier])


@given(st.text(max_size=200))
def test_no_text_makes_a_query_that_cannot_be_read(text):
    for tier in search_queries.parse(text).tiers:
        assert not LEXEME.sub("", tier).strip(" ()&|!"), tier
        assert tier.count("(") == tier.count(")")
        assert len(tier) < 20_000


@given(HAN)
def test_every_name_is_found_by_itself(name):
    found = tier_of(name[:40], document(name[:40], kind=Kind.GRASSROOTS, places={}))
    assert found == [0]


@given(st.text(alphabet="义乌市快递医院工厂", min_size=1, max_size=20), st.data())
def test_every_part_of_a_name_is_found(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : data.draw(st.integers(start + 1, len(name)))]
    assert len(tier_of(part, document(name, kind=Kind.GRASSROOTS, places={}))) == 1


@given(st.text(max_size=60))
def test_width_and_case_do_not_matter(text):
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert search_words.runs(wide.upper()) == search_words.runs(text.upper())


def test_spaced_out_characters_are_one_word():
    assert search_queries.parse("义 乌 市") == search_queries.parse("义乌市")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("义乌市总工会", "义乌总工会"),
        ("内蒙古自治区总工会", "内蒙古总工会"),
        ("佛堂镇总工会", "佛堂总工会"),
        ("稠城街道总工会", "稠城总工会"),
        ("新市总工会", "新市总工会"),
        ("顺达快递有限公司工会", "顺达快递有限公司工会"),
    ],
)
def test_people_leave_out_what_a_place_is(name, said):
    assert search_words.without_place_suffix(name) == said


def test_strata_fit_their_letters_and_ranks_fit_the_database():
    highest = search_strata.stratum(kind=Kind.GRASSROOTS, level=Level.TOWNSHIP, number="9" * 14)
    assert highest < search_strata.STRATA == len(set(search_strata.LETTERS))
    rank = search_strata.rank(stratum=search_strata.STRATA, name="长" * 120, number="9" * 14)
    assert rank < 2**63
    assert search_strata.stratum_of_rank(rank) == search_strata.STRATA


@given(st.integers(0, 10**13 - 1), st.text(max_size=120))
def test_a_rank_says_its_stratum(body, name):
    number = f"{body:013d}0"
    stratum = search_strata.stratum(kind=Kind.JOINT, level=Level.CITY, number=number)
    rank = search_strata.rank(stratum=stratum, name=name, number=number)
    assert search_strata.stratum_of_rank(rank) == stratum
