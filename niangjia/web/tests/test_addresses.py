"""Every address leads where Django's own resolver leads, and few patterns are asked."""

import re

import pytest
from django.urls import Resolver404, URLResolver, include, path, re_path
from django.urls.resolvers import RegexPattern

from niangjia.web import urls
from niangjia.web.addresses import shelved

#: For each part of an address: what it may be, and what only the widest takes.
PARTS = ("7", "zz-1", "0198c0de-0000-7000-8000-000000000001", "", "a/b")
PARAMETER = re.compile(r"<[^>]*>|\(\?P[^)]*\)")


def written(resolver, before=""):
    """Every route, as it is written."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern).removeprefix("^")
        yield from written(entry, route) if isinstance(entry, URLResolver) else [route]


def addresses(resolver):
    """Some that lead somewhere, some that begin so and lead nowhere."""
    for route in {*written(resolver)}:
        for part in PARTS if PARAMETER.search(route) else PARTS[:1]:
            address = "/" + PARAMETER.sub(part, route)
            yield from (address, address + "x", address.removesuffix("/"), address + "/more/")
    yield from ("/", "", "//", "/desk", "/desk/", "/api/v1/", "/api/v1/desk/zz", "/\n", "/" * 300)


def answer(resolver, address):
    """Which view with which words, under which name; None where nothing is."""
    try:
        found = resolver.resolve(address)
    except Resolver404:
        return None
    return (
        *(found.func, found.args, found.kwargs, found.view_name, found.route),
        *(found.captured_kwargs, found.extra_kwargs, found.app_names),
    )


def at_root(entries):
    return URLResolver(RegexPattern(r"^/"), entries)


def test_every_address_leads_where_djangos_own_resolver_leads():
    plain, ours = at_root(urls.everything), at_root(urls.urlpatterns)
    tried = {address: answer(plain, address) for address in addresses(plain)}
    assert sum(each is not None for each in tried.values()) > 1000
    assert sum(each is None for each in tried.values()) > 1000
    assert {address: answer(ours, address) for address in tried} == tried


def test_few_are_asked():
    with pytest.raises(Resolver404) as missing:
        at_root(urls.urlpatterns).resolve("/nowhere/at/all/")
    assert len(missing.value.args[0]["tried"]) < 20


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/a/1/", "first"),
        ("/a/b/", "second"),
        ("/a/b/c/", "wide"),
        ("/ab/", "exact"),
        ("/abc", "half"),
        ("/", "front"),
        ("/x", "any"),
    ],
)
def test_the_first_that_fits_is_taken_however_far_it_is_written_out(address, found):
    def view(request):
        """Never called."""

    inner = [path("<int:one>/", view, name="first"), path("b/", view, name="second")]
    ours = at_root(
        shelved(
            [
                path("", view, name="front"),
                path("a/", include(inner)),
                path("a/b/", view, name="too late"),
                path("a/<path:rest>", view, name="wide"),
                path("ab/", view, name="exact"),
                path("ab<str:end>", view, name="half"),
                re_path("", view, name="any"),
            ]
        )
    )
    assert ours.resolve(address).url_name == found
