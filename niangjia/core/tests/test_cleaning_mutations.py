"""However a file is broken, it is cleaned or refused in words; nothing else leaves the parsers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.core.cleaning import __main__ as cleaning
from niangjia.core.cleaning.kinds import EVERY_KIND, Kind, Limits
from niangjia.core.cleaning.refusal import Refused
from niangjia.core.files import reasons
from niangjia.core.tests import hostile

WHOLE = {
    Kind.JPEG: hostile.photo(),
    Kind.PNG: hostile.photo(form="PNG"),
    Kind.WEBP: hostile.photo(form="WEBP"),
    Kind.PDF: hostile.pdf(2),
    Kind.DOCX: hostile.word(**{"word/media/image1.jpeg": hostile.photo()}),
    Kind.XLSX: hostile.excel(),
    Kind.MP3: hostile.mp3(),
    Kind.M4A: hostile.m4a(),
    Kind.AMR: hostile.amr(),
}
#: Where (as a share of the length), how many bytes go, what comes instead.
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 20), st.binary(max_size=8)), min_size=1, max_size=12
)


def test_every_kind_is_here():
    assert {kind: cleaning.cleaned(WHOLE[kind], EVERY_KIND, Limits())[0] for kind in Kind} == {
        kind: kind for kind in Kind
    }


@pytest.mark.parametrize("kind", Kind)
@settings(max_examples=60, deadline=None)
@given(edits=EDITS)
def test_a_broken_file_is_cleaned_or_refused(kind, edits):
    content = bytearray(WHOLE[kind])
    for where, gone, instead in edits:
        at = int(where * len(content))
        content[at : at + gone] = instead
    try:
        outcome = cleaning.cleaned(bytes(content), EVERY_KIND, Limits())[0]
    except Refused as refused:
        outcome = refused.code
    assert outcome in {*Kind, *reasons.WORDS}
