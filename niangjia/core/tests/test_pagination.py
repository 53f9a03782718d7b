"""Keyset pages: whole, ordered, the same from both ends, and closed to made-up cursors."""

import datetime as dt

import pytest
from django.core import signing
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from niangjia.core import errors, pagination
from niangjia.core.models import WorkingDay

FIRST = dt.date(1990, 1, 1)
ORDERS = [
    ("is_working", "name", "id"),
    ("-is_working", "-id"),
    ("is_working", "-name", "id"),
    ("date", "id"),
]


def fill(flags):
    WorkingDay.objects.all().delete()
    for number, flag in enumerate(flags):
        WorkingDay.objects.create(
            date=FIRST + dt.timedelta(days=number), is_working=flag, name="ab"[number % 2]
        )


def walk(order, size):
    page = pagination.page_of(WorkingDay.objects.all(), order=order, size=size)
    pages = [page]
    while page.next:
        page = pagination.page_of(
            WorkingDay.objects.all(), order=order, size=size, cursor=page.next
        )
        pages.append(page)
    return pages


class TestPages(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        flags=st.lists(st.booleans(), max_size=12),
        size=st.integers(1, 5),
        order=st.sampled_from(ORDERS),
    )
    def test_every_row_once_in_order_from_both_ends(self, flags, size, order):
        fill(flags)
        expected = list(WorkingDay.objects.order_by(*order))
        pages = walk(order, size)
        assert [row for page in pages for row in page.items] == expected
        assert all(len(page.items) == size for page in pages[:-1])
        back, page = [pages[-1].items], pages[-1]
        while page.previous:
            page = pagination.page_of(
                WorkingDay.objects.all(), order=order, size=size, cursor=page.previous
            )
            back.append(page.items)
        assert [row for items in reversed(back) for row in items] == expected


@pytest.mark.django_db
def test_the_first_page_has_nothing_before_it_and_the_last_nothing_after():
    fill([True] * 3)
    pages = walk(("is_working", "id"), 2)
    assert [(bool(p.previous), bool(p.next)) for p in pages] == [(False, True), (True, False)]


@pytest.mark.django_db
def test_a_row_that_comes_in_between_shifts_nothing():
    fill([True] * 4)
    order = ("-date", "id")
    first = pagination.page_of(WorkingDay.objects.all(), order=order, size=2)
    WorkingDay.objects.create(date=FIRST + dt.timedelta(days=99), is_working=True)
    second = pagination.page_of(WorkingDay.objects.all(), order=order, size=2, cursor=first.next)
    assert [row.date.day for row in first.items + second.items] == [4, 3, 2, 1]


@pytest.mark.django_db
def test_the_page_before_a_first_row_that_is_gone_is_the_first_page():
    fill([True] * 4)
    order = ("date", "id")
    second = walk(order, 2)[1]
    WorkingDay.objects.filter(date__lt=FIRST + dt.timedelta(days=2)).delete()
    page = pagination.page_of(WorkingDay.objects.all(), order=order, size=2, cursor=second.previous)
    assert page.items == second.items
    assert page.previous is None


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["x", "eyJ4IjoxfQ", "a:b", "\x00", "é" * 500, "\ud800"])
def test_a_made_up_cursor_is_refused(cursor):
    with pytest.raises(errors.Invalid) as refusal:
        pagination.page_of(WorkingDay.objects.all(), order=("id",), cursor=cursor)
    assert refusal.value.code == "bad-cursor"


@pytest.mark.django_db
def test_a_cursor_of_another_order_is_refused():
    fill([True] * 3)
    cursor = walk(("date", "id"), 1)[0].next
    with pytest.raises(errors.Invalid):
        pagination.page_of(WorkingDay.objects.all(), order=("name", "id"), cursor=cursor)


@pytest.mark.django_db
def test_control_an_order_signed_by_us_is_taken():
    fill([True] * 3)
    cursor = signing.Signer(salt="niangjia.page:id").sign_object(
        ["f", [["uuid", str(WorkingDay.objects.order_by("id")[0].id)]]]
    )
    page = pagination.page_of(WorkingDay.objects.all(), order=("id",), cursor=cursor)
    assert len(page.items) == 2


@pytest.mark.django_db
def test_one_order_is_one_range(django_assert_num_queries):
    fill([True] * 3)
    cursor = walk(("date", "id"), 1)[0].next
    with django_assert_num_queries(1) as seen:
        pagination.page_of(WorkingDay.objects.all(), order=("date", "id"), cursor=cursor)
    assert '"date", "core_workingday"."id") > (' in seen[0]["sql"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "shown", "is_exact"), [(0, "0", True), (3, "3", True), (4, "3+", False)]
)
def test_a_bounded_count_says_when_it_stopped(rows, shown, is_exact):
    fill([True] * rows)
    count = pagination.bounded_count(WorkingDay.objects.all(), 3)
    assert (str(count), count.is_exact) == (shown, is_exact)


@pytest.mark.django_db
def test_many_counts_are_one_query(django_assert_num_queries):
    fill([True] * 4)
    every = WorkingDay.objects.all()
    with django_assert_num_queries(1):
        counts = pagination.bounded_counts([every, every.none()], 3)
    assert [str(count) for count in counts] == ["3+", "0"]
