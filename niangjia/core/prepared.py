"""Questions to the database that are put together once and asked many times.

Django writes the SQL of a queryset anew each time it is asked, which costs several times what
asking costs. Where every request asks the same question with other values, it is written once:

    @cache
    def posts_of() -> Prepared[Post]:
        return Prepared(Post.objects.filter(account=Given("account")))

    posts_of().instances(account=account.pk)

What is kept is the question alone, never a value or an answer. `write_later` does the same for
rows that are only ever added.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, connection
from django.db.models import BooleanField, Expression, Field, Func, Model, QuerySet
from django.db.models.expressions import DatabaseDefault
from django.db.models.query import get_related_populators

A = TypeVar("A")
M = TypeVar("M", bound=Model)


class Given(Expression):
    """Stands in a queryset for a value that is known when the question is asked. It reaches
    PostgreSQL as it is given: of the type that the driver takes for the column it is compared
    with. Say `output_field` where it is compared with no column."""

    def __init__(self, name: str, output_field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class AnyOf(Func):
    """Whether a column is one of a list that is given: `AnyOf(F("path"), Given("paths", …))`."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()
    conditional = True


@dataclass(frozen=True)
class Asked(Generic[A]):
    """A question with its values; `read` makes of its rows what they mean."""

    sql: str
    params: Sequence[Any]
    read: Callable[[list[tuple[Any, ...]]], A] = list  # type: ignore[assignment]


def together(*asked: Asked[Any]) -> list[Any]:
    """The answers to several questions, asked on one trip, in their order."""
    answers = connection.together(*((each.sql, each.params) for each in asked))  # type: ignore[attr-defined]
    return [each.read(rows) for each, rows in zip(asked, answers, strict=True)]


class Prepared(Generic[M]):
    """A queryset as SQL. `rows` answers with the columns of its `values_list`, `instances` with
    its models, related ones included; each is one query.

    With `around` the queryset is a part of a larger statement, where it stands as "{found}".
    """

    def __init__(self, queryset: QuerySet[M, Any], *, around: str = "{found}") -> None:
        compiler = queryset.query.get_compiler(queryset.db)
        found, self.params = compiler.as_sql()
        self.sql = around.format(found=found)
        self.alias = queryset.db
        self.converters = compiler.get_converters([column for column, *_ in compiler.select])
        info = compiler.klass_info
        if info is not None:
            first, last = info["select_fields"][0], info["select_fields"][-1]
            self.own = slice(first, last + 1)
            self.model: type[M] = info["model"]
            self.names = [column.target.attname for column, *_ in compiler.select[self.own]]
            self.related = get_related_populators(  # type: ignore[call-arg]  # stubs of Django 6
                info, compiler.select, queryset.db
            )
            self.annotated = dict(compiler.annotation_col_map)

    def rows(self, **given: Any) -> list[tuple[Any, ...]]:
        """The answer as tuples. `given` holds a value for each `Given`, by its name."""
        [rows] = together(self.asked(**given))
        return rows  # type: ignore[no-any-return]

    def instances(self, **given: Any) -> list[M]:
        """The answer as models."""
        [instances] = together(self.asked_for_instances(**given))
        return instances  # type: ignore[no-any-return]

    def asked(self, **given: Any) -> Asked[list[tuple[Any, ...]]]:
        """The question of `rows`, to be asked together with others."""
        return Asked(self.sql, self.values(given), self.read)

    def asked_for_instances(self, **given: Any) -> Asked[list[M]]:
        """The question of `instances`, to be asked together with others."""
        return Asked(self.sql, self.values(given), self.made_of)

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """What stands for each placeholder."""
        return [given[each.name] if isinstance(each, Given) else each for each in self.params]

    def read(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Rows as the fields read them from the database."""
        return [self.converted(row) for row in rows] if self.converters else rows

    def made_of(self, rows: list[tuple[Any, ...]]) -> list[M]:
        """Rows as models."""
        return [self.instance(row) for row in self.read(rows)]

    def instance(self, row: tuple[Any, ...]) -> M:
        """One row as a model, with what belongs to it."""
        instance = self.model.from_db(self.alias, self.names, row[self.own])
        for populator in self.related:
            populator.populate(row, instance)
        for name, position in self.annotated.items():
            setattr(instance, name, row[position])
        return instance

    def converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """A row as the fields read it from the database."""
        values = list(row)
        for position, (converters, expression) in self.converters.items():
            for convert in converters:
                values[position] = convert(values[position], expression, connection)
        return tuple(values)


def write_later(instance: Model) -> None:
    """Add the row of a new instance with the next statement of the transaction, or at its end (see
    `core.database`). The database makes its id, unless it has one; nobody learns it here."""
    fields, sql, sql_without_id = insertion(type(instance))
    has_id = not isinstance(instance.pk, DatabaseDefault) and instance.pk is not None
    values = [
        field.get_db_prep_save(field.pre_save(instance, add=True), connection)
        for field in fields
        if has_id or not field.primary_key
    ]
    connection.later(sql if has_id else sql_without_id, values)  # type: ignore[attr-defined]
    instance._state.adding = False
    instance._state.db = connection.alias


@cache
def insertion(model: type[Model]) -> tuple[list["Field[Any, Any]"], str, str]:
    """The columns of a table, and the statements that add a row with an id and without."""
    fields = list(model._meta.local_concrete_fields)
    return (
        fields,
        inserting(model, fields),
        inserting(model, [f for f in fields if not f.primary_key]),
    )


def inserting(model: type[Model], fields: list["Field[Any, Any]"]) -> str:
    name = connection.ops.quote_name
    columns = ", ".join(name(str(field.column)) for field in fields)
    places = ", ".join(map(placeholder, fields))
    # Names of tables and columns of ours, no values.
    return f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608


def save_later(instance: Model, fields: Sequence[str]) -> None:
    """Write some columns of a row that is held, with the next statement of the transaction or at
    its end. Raises `DatabaseError` there when the row is gone or hidden."""
    columns, sql = updating(type(instance), tuple(fields))
    values = [
        field.get_db_prep_save(field.pre_save(instance, add=False), connection) for field in columns
    ]
    connection.later(sql, [*values, instance.pk], refuse_missing)  # type: ignore[attr-defined]


@cache
def updating(model: type[Model], names: tuple[str, ...]) -> tuple[list["Field[Any, Any]"], str]:
    """The columns that are written, and the statement that writes them."""
    by_name = {field.name: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    quoted = connection.ops.quote_name
    written = ", ".join(f"{quoted(str(f.column))} = {placeholder(f)}" for f in fields)
    key = quoted(str(model._meta.pk.column))
    # Names of tables and columns of ours, no values.
    sql = f"UPDATE {quoted(model._meta.db_table)} SET {written} WHERE {key} = %s"  # noqa: S608
    return fields, sql


def refuse_missing(cursor: Any) -> None:
    """Raise `DatabaseError` unless one row was written."""
    if cursor.rowcount != 1:
        raise DatabaseError("the row to be written is gone")


def placeholder(field: "Field[Any, Any]") -> str:
    """What stands in a statement for a value of a column."""
    given = getattr(field, "get_placeholder", None)
    return str(given(None, None, connection)) if given else "%s"
