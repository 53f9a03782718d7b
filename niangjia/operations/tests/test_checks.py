"""The house's own checks find what they are for, and the house passes them."""

import pytest

from niangjia.operations import checks
from niangjia.organisations.models import Union


@pytest.mark.parametrize(
    "name", ["py" + "pi.org", "pythonhos" + "ted", "registry.np" + "mjs", "deb.debia" + "n.org"]
)
def test_an_index_named_in_a_file_is_found(name):
    texts = [("Makefile", f"all:\n\tcurl https://{name}/x\n"), ("a.py", "harmless\n")]
    assert checks.foreign_names(texts) == [f"Makefile:2: names {name}"]


def test_a_file_too_long_is_found():
    texts = [("a.py", "x\n" * 401), ("b.py", "x\n" * 400), ("c/migrations/0001.py", "x\n" * 900)]
    assert checks.long_files(texts) == ["a.py: 401 lines, at most 400"]


def test_a_model_without_its_migration_is_found(monkeypatch):
    assert checks.missing_migrations() == []
    monkeypatch.setattr(Union._meta.get_field("name"), "max_length", 121)
    assert checks.missing_migrations() == ["organisations: models without their migration"]


def test_every_file_of_the_house_passes():
    texts = list(checks.tracked_texts())
    assert len(texts) > 50
    assert checks.foreign_names(texts) == []
    assert checks.long_files(texts) == []
