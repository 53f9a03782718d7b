"""How a page tells what a service refused: beside the fields it is about, or above the next page.

A view tries its service, says that it is done and leads on; what was refused falls through to the
form, which is shown again with everything that was typed::

    if form.is_valid():
        with refusals.beside(form):
            services.write(by=request.user, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("It is written."))
            return redirect("room:page")
    return render(request, "room/page.html", {"form": form}, status=422 if form.errors else 200)

A page with many forms, each of which does one thing, calls `act` for each. Where there is only a
button and no form to show again, `told` puts it above the next page.
"""

from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, Self

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import DomainError, NotFound, Text


def add_refusal(refusal: DomainError, *shown: forms.BaseForm) -> None:
    """Put what `refusal` says beside its fields, each in the first of the forms that has it, or, if
    none of them has any, above the first."""
    for form in shown:
        if not form.is_bound:
            form.cleaned_data = {}  # Django looks there even now
    placed = False
    for field, message in refusal.fields.items():
        beside_it = next((each for each in shown if field in each.fields), None)
        if beside_it is not None:
            beside_it.add_error(field, str(message))
            placed = True
    if not placed:
        shown[0].add_error(None, str(refusal.message))


def fits(form: forms.BaseForm, refusal: DomainError) -> bool:
    """Whether `refusal` is about a field of `form`."""
    return any(name in form.fields for name in refusal.fields)


class Beside:
    """`beside` as a block of code; `status` afterwards says how to answer."""

    def __init__(self, shown: tuple[forms.BaseForm, ...], names: dict[str, str]) -> None:
        self.forms, self.names = shown, names
        self.refusal: DomainError | None = None

    @property
    def status(self) -> int:
        """The refusal's own (429 to whoever guesses too often); 422 where a form says what is
        wrong; else 200."""
        if self.refusal is not None and not isinstance(self.refusal, NotFound):
            return self.refusal.status
        return 422 if any(form.errors for form in self.forms) else 200

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, DomainError):
            return False
        error.fields = {self.names.get(name, name): said for name, said in error.fields.items()}
        if isinstance(error, NotFound) and not any(fits(form, error) for form in self.forms):
            return False
        self.refusal = error
        add_refusal(error, *self.forms)
        return True


def beside(*shown: forms.BaseForm, **names: str) -> Beside:
    """What a service within the block refuses is shown beside its fields, each in the first of the
    forms that has it, or else above the first; then the code after the block runs.

    `names` says which field asks for what the service calls otherwise: `to="union"`. `NotFound`
    about no field of these goes on up: the page itself is not there for whoever asks.
    """
    return Beside(shown, names)


def act(
    request: HttpRequest,
    form: forms.BaseForm,
    do: Callable[[dict[str, Any]], object],
    *,
    to: str,
    again: Callable[[], HttpResponse],
    said: Text = "",
    others: Iterable[forms.BaseForm] = (),
    names: Mapping[str, str] | None = None,
) -> HttpResponse:
    """One act of a page with several: `do` gets what `form` says, `said` tells above the page at
    `to` that it is done. What is wrong in it or in `others`, which are sent along, stands beside
    its field on the page that `again` shows, with everything that was typed. `names` as `beside`.
    """
    shown = (form, *others)
    # Each is checked, so that everything that is wrong is said at once.
    wrong = [each for each in shown if not each.is_valid()]
    if not wrong:
        with beside(*shown, **(names or {})):
            do(form.cleaned_data)
            messages.success(request, str(said or _("Done.")))
            return redirect(to)
    return again()


class Told:
    """`told` as a block of code."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, DomainError) or isinstance(error, NotFound):
            return False
        for words in error.fields.values() or [error.message]:
            messages.warning(self.request, str(words))
        return True


def told(request: HttpRequest) -> Told:
    """What a service within the block refuses is told above the page that comes next; then the code
    after the block runs. `NotFound` goes on up."""
    return Told(request)
