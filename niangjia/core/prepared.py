"""Questions to the database that are put together once and asked many times.

Django writes the SQL of a queryset anew each time it is asked, which costs several times what
asking costs. Where every request asks the same question with other values, it is written once:

    @cache
    def posts_of() -> Prepared[Post]:
        return Prepared(Post.objects.filter(account=Given("account")))

    posts_of().instances(account=account.pk)

What is kept is the question alone, never a value or an answer.
"""

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators

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
        params = [given[each.name] if isinstance(each, Given) else each for each in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [self.converted(row) for row in rows] if self.converters else rows

    def instances(self, **given: Any) -> Iterator[M]:
        """The answer as models."""
        for row in self.rows(**given):
            instance = self.model.from_db(self.alias, self.names, row[self.own])
            for populator in self.related:
                populator.populate(row, instance)
            for name, position in self.annotated.items():
                setattr(instance, name, row[position])
            yield instance

    def converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """A row as the fields read it from the database."""
        values = list(row)
        for position, (converters, expression) in self.converters.items():
            for convert in converters:
                values[position] = convert(values[position], expression, connection)
        return tuple(values)
