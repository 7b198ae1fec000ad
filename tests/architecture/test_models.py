"""What the loaded models promise: references point downwards, keys are bigint, tables are named after their module."""

import weakref
from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models import signals

from tests.architecture.source import django_folders, rank

# Kemendagri's region codes, the catalogue of occupations and months are keys by nature.
NATURAL_KEYS = {"registry.Region", "registry.Occupation", "contributions.ClosedMonth"}
SIGNALS = ("pre_init", "post_init", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")


def _our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("payung.")]


def _module(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def _references() -> Iterator[tuple[type[models.Model], models.Field, type[models.Model]]]:
    for model in _our_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if isinstance(field, models.Field) and isinstance(target, type) and target.__module__.startswith("payung."):
                yield model, field, target


def _points_upwards(model: type[models.Model], target: type[models.Model]) -> bool:
    return _module(model) != _module(target) and rank(_module(target)) >= rank(_module(model))


def test_every_django_module_is_loaded():
    loaded = {config.name for config in apps.get_app_configs()}
    assert [folder.name for folder in django_folders() if f"payung.{folder.name}" not in loaded] == []


def test_foreign_keys_point_downwards():
    upwards = [
        f"{model.__name__}.{field.name} -> {target._meta.label}"
        for model, field, target in _references()
        if _points_upwards(model, target)
    ]
    assert upwards == []


def test_a_planted_reference_upwards_is_seen():
    lower = type("Lower", (), {"__module__": "payung.store.models"})
    higher = type("Higher", (), {"__module__": "payung.registry.models"})
    assert _points_upwards(lower, higher)
    assert not _points_upwards(higher, lower)


def test_the_record_of_deeds_refers_to_nobody():
    assert [
        f"{model.__name__}.{field.name}"
        for model, field, target in _references()
        if _module(model) == "audit" != _module(target)
    ] == []


# Django's own notices on a page have taken the label `messages`.
TAKEN = {"payung.messages": "outbox"}


def test_label_is_the_name_of_the_module():
    wrong = [
        config.name
        for config in apps.get_app_configs()
        if config.name.startswith("payung.") and TAKEN.get(config.name, config.name.split(".")[-1]) != config.label
    ]
    assert wrong == []


def test_table_is_named_after_module_and_model():
    wrong = [
        model._meta.db_table
        for model in _our_models()
        if not model._meta.db_table.startswith(f"{model._meta.app_label}_")
    ]
    assert wrong == []


def test_primary_keys_are_bigint():
    wrong = [
        model._meta.label
        for model in _our_models()
        if not isinstance(model._meta.pk, models.BigAutoField | models.BigIntegerField | models.OneToOneField)
        and model._meta.label not in NATURAL_KEYS
    ]
    assert wrong == []


def test_money_is_never_a_float_or_a_decimal():
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in _our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FloatField | models.DecimalField) and field.name.endswith("_rp")
    ]
    assert wrong == []


def test_no_model_event_is_listened_to():
    listeners = [
        f"{name}: {receiver.__module__}"
        for name in SIGNALS
        for receiver in _receivers(getattr(signals, name))
        if receiver.__module__.startswith("payung.")
    ]
    assert listeners == []


def _receivers(signal: signals.ModelSignal) -> list[object]:
    found = []
    for entry in signal.receivers:
        reference = entry[1]
        receiver = reference() if isinstance(reference, weakref.ReferenceType) else reference
        if receiver is not None:
            found.append(receiver)
    return found
