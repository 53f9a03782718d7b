"""The house plan as a test: what import-linter cannot see."""

from django.apps import apps

FLOORS = [
    "core",
    "regions",
    "organisations",
    "members",
    "allocation",
    "feedback",
    "places",
    "benefits",
    "cases",
    "activities",
    "hotline",
    "web",
    "api_root",
]


def test_no_foreign_key_points_upward():
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in FLOORS:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "remote_field", None) and field.related_model
            if not target or field.auto_created or target._meta.app_label not in FLOORS:
                continue
            assert FLOORS.index(target._meta.app_label) <= FLOORS.index(room), field
