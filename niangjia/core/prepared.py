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

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    Expression,
    Field,
    Func,
    JSONField,
    Model,
    QuerySet,
    prefetch_related_objects,
)
from django.db.models.expressions import DatabaseDefault
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators

from niangjia.core.database.rows import Many

A = TypeVar("A")
M = TypeVar("M", bound=Model)
R = TypeVar("R")
Fields = Sequence["Field[Any, Any]"]
Rows = list[tuple[Any, ...]]
#: Asked where a queryset can find nothing, whatever there is.
NOTHING = "SELECT WHERE false"


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
    read: Callable[[Rows], A] = list  # type: ignore[assignment]


@dataclass(frozen=True)
class Whole(Generic[A]):
    """Several questions of whose answers `read` makes one, to be asked together with others."""

    parts: "Sequence[Asked[Any] | Whole[Any]]"
    read: Callable[..., A]


def together(*questions: Asked[Any] | Whole[Any]) -> list[Any]:
    """The answers to several questions, asked on one trip, in their order."""
    single = [each for question in questions for each in each_of(question)]
    pairs = [(each.sql, each.params) for each in single]
    answers = iter(connection.together(*pairs) if pairs else ())  # type: ignore[attr-defined]
    return [answer_from(answers, question) for question in questions]


def each_of(question: Asked[Any] | Whole[Any]) -> Iterator[Asked[Any]]:
    """The questions that the database is asked."""
    if isinstance(question, Asked):
        yield question
    else:
        for part in question.parts:
            yield from each_of(part)


def answer_from(answers: Iterator[Rows], question: Asked[A] | Whole[A]) -> A:
    """What a question comes to, by the next of the answers."""
    if isinstance(question, Asked):
        return question.read(next(answers))
    return question.read(*(answer_from(answers, part) for part in question.parts))


def asked(queryset: QuerySet[M, R], then: Callable[[list[R]], A] = list) -> Asked[A]:  # type: ignore[assignment]
    """A queryset as a question that is asked together with others, on one trip; `then` makes of its
    list what is wanted of it ("dict" for pairs). What it prefetches is asked for afterwards."""
    try:
        question = Prepared(queryset)
    except EmptyResultSet:
        return Asked(NOTHING, (), lambda _rows: then([]))
    shape: Any = queryset._iterable_class
    lookups = queryset._prefetch_related_lookups  # type: ignore[attr-defined]

    def read(rows: Rows) -> A:
        if not issubclass(shape, ModelIterable):
            found: list[Any] = question.read(rows)
            return then([row[0] for row in found] if shape is FlatValuesListIterable else found)
        made: list[Any] = question.made_of(rows)
        if lookups:
            prefetch_related_objects(made, *lookups)
        return then(made)

    return Asked(question.sql, question.params, read)


def first(queryset: QuerySet[M]) -> M | None:
    """The first of it, on one trip with what waits; None of nothing."""
    [found] = together(asked(queryset))
    return next(iter(found), None)


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
        if info is not None and issubclass(queryset._iterable_class, ModelIterable):
            first, last = info["select_fields"][0], info["select_fields"][-1]
            self.own = slice(first, last + 1)
            self.model: type[M] = info["model"]
            self.names = [column.target.attname for column, *_ in compiler.select[self.own]]
            self.related = get_related_populators(  # type: ignore[call-arg]  # stubs of Django 6
                info, compiler.select, queryset.db
            )
            self.annotated = dict(compiler.annotation_col_map)

    def rows(self, **given: Any) -> Rows:
        """The answer as tuples. `given` holds a value for each `Given`, by its name."""
        [rows] = together(self.asked(**given))
        return rows  # type: ignore[no-any-return]

    def instances(self, **given: Any) -> list[M]:
        """The answer as models."""
        [instances] = together(self.asked_for_instances(**given))
        return instances  # type: ignore[no-any-return]

    def asked(self, **given: Any) -> Asked[Rows]:
        """The question of `rows`, to be asked together with others."""
        return Asked(self.sql, self.values(given), self.read)

    def asked_for_instances(self, **given: Any) -> Asked[list[M]]:
        """The question of `instances`, to be asked together with others."""
        return Asked(self.sql, self.values(given), self.made_of)

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """What stands for each placeholder."""
        return [given[each.name] if isinstance(each, Given) else each for each in self.params]

    def read(self, rows: Rows) -> Rows:
        """Rows as the fields read them from the database."""
        return [self.converted(row) for row in rows] if self.converters else rows

    def made_of(self, rows: Rows) -> list[M]:
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


#: Write what the instance holds, days and moments unless they are those of the writing.
KEPT = {Field.pre_save, DateField.pre_save, DateTimeField.pre_save}


@dataclass(frozen=True)
class Columns:
    """Some columns of a table, and the statements that write one row of them and many."""

    fields: Fields
    alone: str
    many: Many

    @cached_property
    def plainly(self) -> tuple[tuple[str, ...], Callable[[Model], tuple[Any, ...]]]:
        """Those whose value is what the instance holds, and what reads it of all of them at once:
        nearly all are, and asking each field for its own costs several times as much."""
        plain = [field for field in self.fields if is_plain(field)]
        names = tuple(str(field.column) for field in plain)
        if len(plain) < 2:
            return names, lambda instance: tuple(getattr(instance, f.attname) for f in plain)
        return names, attrgetter(*(field.attname for field in plain))

    @cached_property
    def others(self) -> Fields:
        """Those that see to their values themselves."""
        return [field for field in self.fields if not is_plain(field)]

    @cached_property
    def unsaid(self) -> dict[str, Any]:
        """A row of which nothing is said, by attributes; None for what each row has of its own."""
        return {f.attname: None if f.attname in self.anew else f.get_default() for f in self.fields}

    @cached_property
    def anew(self) -> dict[str, Callable[[], Any]]:
        """What makes the value of each attribute that need not stand in two rows alike."""
        return {
            f.attname: f.default for f in self.fields if f.has_default() and callable(f.default)
        }

    def row(self, instance: Model, *, add: bool) -> dict[str, Any]:
        """The values of an instance by their columns, as `core.database.rows` takes them."""
        names, values = self.plainly
        row = dict(zip(names, values(instance), strict=True))
        for field in self.others:
            row[str(field.column)] = plain(field, field.pre_save(instance, add))
        return row


def is_plain(field: "Field[Any, Any]") -> bool:
    """Whether what is written is what the instance holds, under its name."""
    is_kept = type(field).pre_save in KEPT and field.column == field.attname
    dated = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return is_kept and not dated and getattr(field, "encoder", None) is None


def write_later(instance: Model, *, otherwise: str = "") -> None:
    """Add the row of a new instance with the next statement of the transaction, or at its end (see
    `core.database`), together with others where they wait for each other. The database makes its
    id, unless it has one; nobody learns it here. `otherwise` is what follows "INSERT" where the row
    may be there already ("ON CONFLICT …")."""
    has_id = not isinstance(instance.pk, DatabaseDefault) and instance.pk is not None
    put(instance, insertion(type(instance), has_id, otherwise), add=True)
    instance._state.adding = False
    instance._state.db = DEFAULT_DB_ALIAS


def add_later(model: type[Model], *, otherwise: str = "", **values: Any) -> None:
    """`write_later` for whoever needs no instance, which costs more than all else about a row: by
    the attributes it would have (`union_id`), the others as they are by default. Raises `TypeError`
    for one that there is not."""
    here: Any = connections[DEFAULT_DB_ALIAS]
    columns = insertion(model, "id" in values, otherwise)
    if here.rows is None or columns.others:
        write_later(model(**values), otherwise=otherwise)
        return
    row = columns.unsaid | values
    if len(row) > len(columns.unsaid):
        raise TypeError(f"{model.__name__} has no {sorted(row.keys() - columns.unsaid.keys())}")
    for name, made in columns.anew.items():
        if name not in values:
            row[name] = made()
    here.row_later(columns.many, row)


def put(instance: Model, columns: Columns, *, add: bool) -> None:
    """Have the values of some columns written: with those of other rows, or by themselves."""
    here: Any = connections[DEFAULT_DB_ALIAS]
    if here.rows is not None:
        here.row_later(columns.many, columns.row(instance, add=add))
        return
    fields = columns.fields
    values = [field.get_db_prep_save(field.pre_save(instance, add), here) for field in fields]
    here.later(columns.alone, values, columns.many.refusal(1))


def plain(field: "Field[Any, Any]", value: Any) -> Any:
    """The value of a column as `core.database.rows` takes it: JSON by the encoder of its field."""
    if isinstance(field, JSONField) and field.encoder is not None:
        return json.loads(json.dumps(value, cls=field.encoder))
    return value


@cache
def insertion(model: type[Model], has_id: bool, otherwise: str) -> Columns:
    """The columns of a table, and the statements that add a row and that add many."""
    every = model._meta.local_concrete_fields
    fields = [field for field in every if has_id or not field.primary_key]
    table, names = quoted(model._meta.db_table), ", ".join(quoted(str(f.column)) for f in fields)
    places = ", ".join(map(placeholder, fields))
    # Names of tables and columns of ours, no values.
    begin = f"INSERT INTO {table} ({names})"
    given = f"SELECT {names} FROM json_populate_recordset(NULL::{table}, %s::json)"  # noqa: S608
    many = Many(f"{begin} {given} {otherwise}", is_exact=not otherwise)
    return Columns(fields, f"{begin} VALUES ({places}) {otherwise}", many)


def save_later(instance: Model, names: Sequence[str]) -> None:
    """Write some columns of a row that is held, with the next statement of the transaction or at
    its end, together with others where they wait for each other. Raises `DatabaseError` there when
    the row is gone or hidden."""
    put(instance, updating(type(instance), tuple(names)), add=False)


@cache
def updating(model: type[Model], names: tuple[str, ...]) -> Columns:
    """The columns that are written and the key, and the statements that write a row and many."""
    by_name = {field.name: field for field in model._meta.concrete_fields}
    fields, pk = [by_name[name] for name in names], model._meta.pk
    table, key = quoted(model._meta.db_table), quoted(str(pk.column))
    columns = [quoted(str(field.column)) for field in fields]
    one = ", ".join(f"{c} = {placeholder(f)}" for c, f in zip(columns, fields, strict=True))
    each = ", ".join(f"{column} = given.{column}" for column in columns)
    # Names of tables and columns of ours, no values.
    given = f"json_populate_recordset(NULL::{table}, %s::json) AS given"
    alone = f"UPDATE {table} SET {one} WHERE {key} = %s"  # noqa: S608
    many = f"UPDATE {table} SET {each} FROM {given} WHERE {table}.{key} = given.{key}"  # noqa: S608
    return Columns([*fields, pk], alone, Many(many, is_exact=True))


def quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def placeholder(field: "Field[Any, Any]") -> str:
    """What stands in a statement for a value of a column."""
    given = getattr(field, "get_placeholder", None)
    return str(given(None, None, connection)) if given else "%s"
