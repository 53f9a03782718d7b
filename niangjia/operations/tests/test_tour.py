"""The tour's list of pages."""

from urllib.parse import urlsplit

from django.urls import resolve

from niangjia.operations.tour.pages import STOPS


def test_each_stop_has_pictures_of_its_own():
    names = [stop.name for stop in STOPS]
    assert sorted(names) == sorted(set(names))


def test_each_stop_begins_at_a_page_there_is():
    for stop in STOPS:
        if stop.name != "not-found":
            assert resolve(urlsplit(stop.path).path), stop.name
