"""What a service refuses comes back beside its field, and nothing goes on quietly."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse

from niangjia.core import errors, refusals


class Place(forms.Form):
    name = forms.CharField()
    union = forms.CharField(required=False)


class Reason(forms.Form):
    reason = forms.CharField()


def place() -> Place:
    return Place({"name": "as typed"})


def view(form: forms.Form, refusal: Exception | None, **names: str) -> HttpResponse:
    """A page of the shape that all have."""
    tried = refusals.beside(form, **names)
    if form.is_valid():
        with tried:
            if refusal is not None:
                raise refusal
            return HttpResponse("led on")
    return HttpResponse(form["name"].value(), status=tried.status)


def test_each_field_is_looked_for_in_every_form() -> None:
    first, second = place(), Reason({"reason": "as typed"})
    with refusals.beside(first, second):
        raise errors.Invalid("two", fields={"reason": "say more", "name": "shorten it", "x": "-"})
    assert (first.errors, second.errors) == ({"name": ["shorten it"]}, {"reason": ["say more"]})


def test_what_goes_well_leads_on() -> None:
    assert view(place(), None).content == b"led on"


def test_an_act_is_done_once_everything_sent_is_right(rf) -> None:
    """Both forms are checked, so that all that is wrong is said at once; nothing is done then."""
    request, done = rf.post("/"), []
    request.session = {}
    request._messages = FallbackStorage(request)

    def sent(name: str, reason: str) -> HttpResponse:
        first, second = Place({"name": name}), Reason({"reason": reason})
        return refusals.act(
            request,
            first,
            done.append,
            to="/next",
            again=lambda: HttpResponse(f"{first.errors} {second.errors}", status=422),
            others=[second],
        )

    wrong = sent("", "")
    assert (wrong.status_code, wrong.text.count("errorlist"), done) == (422, 4, [])
    assert sent("as typed", "").status_code == 422
    assert sent("as typed", "why")["Location"] == "/next"
    assert done == [{"name": "as typed", "union": ""}]


@pytest.mark.parametrize(
    ("refusal", "status", "beside"),
    [
        (errors.Invalid("too long", fields={"name": "shorten it"}), 422, {"name": ["shorten it"]}),
        (errors.Conflict("somebody was faster"), 409, {"__all__": ["somebody was faster"]}),
        (errors.TooLate("over", fields={"day": "over"}), 410, {"__all__": ["over"]}),
        (errors.Throttled("wait", retry_after_seconds=9), 429, {"__all__": ["wait"]}),
        (errors.NotFound("none", fields={"name": "nobody"}), 422, {"name": ["nobody"]}),
        (errors.Invalid("where", fields={"to": "not there"}), 422, {"union": ["not there"]}),
    ],
)
def test_a_refusal_stands_beside_its_field_with_what_was_typed(
    refusal: errors.DomainError, status: int, beside: dict[str, list[str]]
) -> None:
    form = place()
    answer = view(form, refusal, to="union")
    assert (answer.status_code, answer.content) == (status, b"as typed")
    assert dict(form.errors) == beside


def test_a_page_that_is_not_there_and_what_is_broken_go_on_up() -> None:
    for broken in (errors.NotFound("no such page"), ZeroDivisionError()):
        with pytest.raises(type(broken)):
            view(place(), broken)


def test_the_form_it_is_about_gets_it_and_else_the_first() -> None:
    first, second = place(), Reason({"reason": "as typed"})
    with refusals.beside(first, second):
        raise errors.Invalid("say more", fields={"reason": "say more"})
    assert (dict(first.errors), dict(second.errors)) == ({}, {"reason": ["say more"]})
    with refusals.beside(first, second):
        raise errors.Conflict("somebody was faster")
    assert dict(first.errors) == {"__all__": ["somebody was faster"]}


def test_a_form_that_was_not_sent_says_only_what_was_refused() -> None:
    form = Reason()
    with refusals.beside(form):
        raise errors.Conflict("look again", fields={"reason": "look again"})
    assert dict(form.errors) == {"reason": ["look again"]}


def test_a_button_is_told_above_the_next_page() -> None:
    request = HttpRequest()
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    with refusals.told(request):
        raise errors.Conflict("somebody was faster")
    with refusals.told(request):
        raise errors.Invalid("no", fields={"name": "name it", "day": "choose a day"})
    with pytest.raises(errors.NotFound), refusals.told(request):
        raise errors.NotFound("no such page")
    told = [str(each) for each in get_messages(request)]
    assert told == ["somebody was faster", "name it", "choose a day"]
