"""The pages on which an officer sends a list of places and looks it through."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from niangjia.core.files import tables
from niangjia.core.tests.costs import costs
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.tests.factories import make_division, make_union
from niangjia.places.models import ListState, Place, PlaceList
from niangjia.places.rules.lists.columns import COLUMNS
from niangjia.places.tasks import enter_list, read_list
from niangjia.places.tests.factories import make_place
from niangjia.places.tests.lists import HEADINGS, of_amap, row

pytestmark = pytest.mark.django_db

HERE = (120.0750, 29.3060)


@pytest.fixture
def officer():
    return make_post(union=make_union(division=make_division("义乌市", code="330782")))


@pytest.fixture
def desk(officer):
    return officer_client(officer)


def csv_of(*rows):
    return SimpleUploadedFile(
        "站点.csv", "\n".join(",".join(cells) for cells in (HEADINGS, *rows)).encode()
    )


def upload(desk, file):
    return desk.post(reverse("places:desk_lists"), {"file": file})


def explained(desk, officer, file):
    """A file sent, explained and read: its list and the address of its page."""
    there = upload(desk, file).url
    sent = PlaceList.objects.get()
    columns = {f"column_{key}": at for key, at in sent.columns.items()}
    said = {"system": "wgs84", "kind": "station", "hours": "", **columns}
    assert desk.post(f"{there}meaning/", said).status_code == 302
    assert 'hx-trigger="every 2s"' in desk.get(there).content.decode()
    read_list(str(sent.pk))
    return sent, there


def test_a_file_is_sent_explained_decided_and_entered(desk, officer):
    place = make_place(officer.union, longitude=HERE[0], latitude=HERE[1])
    sent, there = explained(
        *(desk, officer),
        csv_of(
            row("江滨路工会驿站", *HERE),
            row("城店路工会驿站", 29.32, 120.09),
            row("福田路工会驿站", 120.11, 29.33),
        ),
    )
    page = desk.get(there).content.decode()
    assert place.code in page
    assert "是同一个，更新它" in page
    with_wrong = desk.get(f"{there}?rows=wrong").content.decode()
    assert "对调经纬度" in with_wrong
    desk.post(f"{there}mends/", {"mend": "swap|3", "rows": "wrong"})
    desk.post(f"{there}answers/", {"one": "skip:2", "rows": "asked"})
    desk.post(f"{there}entry/")
    sent.refresh_from_db()
    assert sent.state == ListState.ENTERING
    assert enter_list(str(sent.pk)) == 2
    sent.refresh_from_db()
    assert sent.state == ListState.DONE
    assert Place.objects.count() == 3


def test_what_is_wrong_comes_as_a_file_that_can_be_sent_again(desk, officer):
    _sent, there = explained(
        desk,
        officer,
        csv_of(row("=SUM(A1)驿站", *HERE, hours="看天气"), row("好站", 120.11, 29.33)),
    )
    answer = desk.get(f"{there}wrong/")
    told = tables.csv_rows(b"".join(answer.streaming_content))
    assert told[0] == [*HEADINGS, "要改的地方"]
    assert told[1][0] == "'=SUM(A1)驿站"
    assert "看天气" in told[1][-1]
    assert len(told) == 2


def test_the_sheet_to_be_filled_is_read_as_it_is(desk):
    answer = desk.get(reverse("places:desk_list_sheet"))
    there = upload(desk, SimpleUploadedFile("表.xlsx", answer.content)).url
    sent = PlaceList.objects.get()
    assert set(sent.columns) == {column.key for column in COLUMNS}
    assert sent.total == 1
    assert "江滨北路" in desk.get(there).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.csv", b"", "空的"),
        ("空.csv", b"\n", "空的"),
        ("x.json", b'{"pois": 3}', "高德"),
        ("x.json", b"[" * 5_000, "高德"),
        ("x.xlsx", b"PK\x03\x04nonsense", ""),
        ("x.csv", b"\x00\x01\x02", "XLSX"),
    ],
)
def test_a_file_that_is_no_list_is_refused_beside_the_field(desk, name, content, words):
    answer = upload(desk, SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    wrong = re.search(r'class="field[^"]*field-wrong.*?</div>', answer.content.decode(), re.S)
    assert wrong
    assert words in wrong[0]
    assert not PlaceList.objects.exists()


def test_a_vendors_answer_is_taken_and_the_system_is_proposed(desk):
    file = SimpleUploadedFile("高德.json", of_amap(("驿站", "某路", "120.07,29.30", "24小时")))
    page = desk.get(upload(desk, file).url).content.decode()
    assert '<option value="gcj02" selected' in page
    assert "驿站" in page


def test_a_meaning_that_cannot_be_is_said_and_nothing_chosen_is_lost(desk, officer):
    there = upload(desk, csv_of(row("江滨路工会驿站", *HERE))).url
    answer = desk.post(f"{there}meaning/", {"system": "bd09", "kind": "station", "column_name": 0})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请选出这些内容在哪一列" in page
    assert '<option value="bd09" selected' in page


def test_each_page_asks_the_same_number_of_questions_however_long_the_list(desk, officer):
    rows = [row(f"{n} 号驿站", 120.0 + n / 100, 29.3) for n in range(20)]
    _sent, there = explained(desk, officer, csv_of(*rows, row("错站", *HERE, hours="看天气")))
    pages = {there: 7, f"{there}?rows=ready": 6, reverse("places:desk_lists"): 5}
    assert costs(desk, pages) == pages
