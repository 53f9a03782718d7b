"""Making all tables of a database that has none, in a fifth of the time Django takes (ADR 145).

Django keeps a class of every model while it migrates, and after each step makes anew the classes of
all that is related to what has changed. In one tree of unions that is nearly everything, hundreds
of times over. Most steps need one class: that of the model they are about.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.commands import migrate
from django.db.migrations import Migration, operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps

#: Steps that change one model, and nothing that others point at.
OF_ONE_MODEL = (
    operations.CreateModel,
    operations.AddField,
    operations.RemoveField,
    operations.AddIndex,
    operations.RemoveIndex,
    operations.AddConstraint,
    operations.RemoveConstraint,
    operations.AlterModelOptions,
    operations.AlterUniqueTogether,
)


class State(ProjectState):
    """What the models look like after a step; `alone`: steps of one model follow."""

    alone = False

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        """While steps of one model follow, its class is made anew, and no other. Before a step that
        runs Python, and at the end, Django makes all of them anew, because the state is delayed."""
        if not self.alone:
            super().reload_model(app_label, model_name, delay)
        elif "apps" in self.__dict__:
            self.is_delayed = True
            self._reload({(app_label, model_name)})  # type: ignore[attr-defined]

    def clone(self) -> "State":
        copied = State({key: model.clone() for key, model in self.models.items()}, self.real_apps)
        if "apps" in self.__dict__:
            copied.apps = self.apps.clone()
        copied.is_delayed, copied.alone = self.is_delayed, self.alone
        return copied


class Executor(MigrationExecutor):
    """Applies migrations made of steps of one model with few classes made anew; all others as
    Django does."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> State:
        drawn: ProjectState = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]
        return State(drawn.models, drawn.real_apps)

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        if isinstance(state, State):
            alone = all(is_of_one_model(step) for step in migration.operations)
            if state.alone and not alone:
                # What follows looks at what points at its model: every class is made anew.
                state.apps = StateApps([*state.real_apps], state.models)
                state.is_delayed = False
            state.alone = alone
        return super().apply_migration(state, migration, fake, fake_initial)


def is_of_one_model(step: Operation) -> bool:
    """Whether a step changes one model and nothing that others point at, or is SQL that no model
    shows."""
    if isinstance(step, operations.RunSQL):
        return not step.state_operations
    if isinstance(step, operations.AlterField):
        field = step.field
        return not (field.is_relation or field.primary_key or field.unique)
    return type(step) in OF_ONE_MODEL


@contextmanager
def few_classes() -> Iterator[None]:
    """Within the block Django's command `migrate` uses `Executor`."""
    usual, migrate.MigrationExecutor = migrate.MigrationExecutor, Executor  # type: ignore[attr-defined]
    try:
        yield
    finally:
        migrate.MigrationExecutor = usual  # type: ignore[attr-defined]
