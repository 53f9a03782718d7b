"""Which tables hold something about a person, what of it they can export, and what erasing does.

Each room registers its own tables (`register`), so that export (Personal Information Protection
Law, Article 45) and erasure (Article 47) reach all of them without any room knowing those above it.
A test walks the schema and fails when a table that leads to a person is not registered.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from niangjia.core import protection
from niangjia.core.errors import Text


@dataclass(frozen=True)
class Subject:
    """Whose data it is. `phone` is their E.164 number before erasure, "" when it is gone."""

    account_id: uuid.UUID
    person_id: uuid.UUID | None
    phone: str = ""


@dataclass(frozen=True)
class Holding:
    """One way in which a table leads to a person.

    `link` is the look-up from the table to the account's or the person's id ("account_id",
    "application__account_id"). Every column is in `exported` or, with the reason, in `withheld`.
    `erased` says what erasure sets columns to; `deleted` drops the rows instead. What is left is
    kept for the reason in `kept`. Where no column leads to anybody in the clear, `find` finds the
    rows; `readers` open columns that are sealed.
    """

    model: str
    link: str
    to: str
    title: Text
    exported: tuple[str, ...] = ()
    withheld: Mapping[str, Text] = field(default_factory=dict)
    erased: Mapping[str, Any] = field(default_factory=dict)
    deleted: bool = False
    kept: str = ""
    find: Callable[[Subject], QuerySet[Any]] | None = None
    readers: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    @property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)

    def value(self, row: Model, column: str) -> Any:
        """What a column of `row` holds, opened."""
        reader = self.readers.get(column)
        return reader(row) if reader else getattr(row, column)

    def rows(self, subject: Subject) -> QuerySet[Model]:
        """This table's rows about `subject`."""
        if self.find is not None:
            return self.find(subject)
        wanted = subject.account_id if self.to == "account" else subject.person_id
        manager = self.table._default_manager
        return manager.filter(**{self.link: wanted}) if wanted else manager.none()


holdings: list[Holding] = []
erasers: list[Callable[[Subject], None]] = []
warners: list[Callable[[Subject], list[str]]] = []


def register(*held: Holding) -> None:
    """Declare tables of the calling room. Called from its AppConfig; again changes nothing."""
    for holding in held:
        if holding not in holdings:
            holdings.append(holding)


def also_erase(eraser: Callable[[Subject], None]) -> Callable[[Subject], None]:
    """Register what must be erased where no column leads: sessions, throttles, files."""
    if eraser not in erasers:
        erasers.append(eraser)
    return eraser


def also_warn(warner: Callable[[Subject], list[str]]) -> Callable[[Subject], list[str]]:
    """Register what of a room above ends when somebody leaves, in words for their decision."""
    if warner not in warners:
        warners.append(warner)
    return warner


def what_ends(subject: Subject) -> list[str]:
    """Everything of `subject` that ends when they leave, in words."""
    with protection.working("personal-data.warning"):
        return [words for warner in warners for words in warner(subject)]


def export(subject: Subject) -> Iterator[tuple[Holding, list[Model]]]:
    """Every registered table that is exported, with its rows about `subject`."""
    for holding in holdings:
        if holding.exported:
            with protection.working("personal-data.export"):
                rows = list(holding.rows(subject))
            yield holding, rows


def plain(holding: Holding, row: Model) -> dict[str, Any]:
    """The exported columns of a row as JSON values: dates in ISO 8601, ids and encrypted texts as
    text."""
    return {column: readable(holding.value(row, column)) for column in holding.exported}


def readable(value: Any) -> Any:
    """One value as JSON knows it."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bool | int | float | str | list | dict) or value is None:
        return value
    return str(value)


def erase(subject: Subject) -> None:
    """Erase `subject` from every registered table. In the caller's transaction."""
    with protection.working("personal-data.erasure"):
        erase_everywhere(subject)


def erase_everywhere(subject: Subject) -> None:
    for eraser in erasers:
        eraser(subject)
    for holding in holdings:
        rows = holding.rows(subject)
        if holding.deleted:
            rows.delete()
            continue
        for row in rows if holding.erased else ():
            for column, value in holding.erased.items():
                setattr(row, column, value() if callable(value) else value)
            row.save(update_fields=list(holding.erased))
