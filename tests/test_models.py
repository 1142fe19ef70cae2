"""Every row belongs to one centre (house.md §12, T1–T8): the model registry, checked."""

from __future__ import annotations

import inspect

import pytest
from django.apps import apps
from django.db import models

from shouwen.core.tenancy import TenantForeignKey, TenantModel

# Tables of the whole installation: the centres themselves, accounts and what guards them, the nation's holidays, and the trail,
# which names its centre by plain id.
SHARED = {
    "org.Center", "org.User", "org.PasswordHistory", "org.LoginAttempt", "org.SetupCode", "audit.Record", "audit.Head",
    "workcalendar.Notice", "workcalendar.StatutoryDay",
}  # fmt: skip
OURS = [model for model in apps.get_models() if model.__module__.startswith("shouwen.")]
TENANT = [model for model in OURS if issubclass(model, TenantModel)]


def label(model: type[models.Model]) -> str:
    return model._meta.label


def test_only_the_named_tables_belong_to_no_center():
    found = {label(model) for model in OURS if not issubclass(model, TenantModel)}
    named = {name for name in SHARED if apps.is_installed(f"shouwen.{name.split('.')[0]}")}
    assert found - named == set()


@pytest.mark.parametrize("model", TENANT, ids=label)
def test_a_row_has_its_center_first_and_a_key_made_in_python(model):
    center = model._meta.get_field("center")
    assert (center.null, center.remote_field.on_delete, center.remote_field.related_name, center.db_index) == (
        False,
        models.PROTECT,
        "+",
        False,
    )
    assert isinstance(model._meta.pk, models.UUIDField)
    assert model._meta.pk.has_default()
    tenant_keys = [field for field in model._meta.local_fields if isinstance(field, TenantForeignKey)]
    assert all(model._meta.local_fields.index(center) < model._meta.local_fields.index(field) for field in tenant_keys)


@pytest.mark.parametrize("model", TENANT, ids=label)
def test_uniqueness_and_indexes_start_with_the_center(model):
    unique = [rule for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    found = [rule.name for rule in [*unique, *model._meta.indexes] if rule.fields[:1] not in (("center",), ["center"])]
    found += [field.name for field in model._meta.local_fields if field.unique and not field.primary_key]
    covered = {
        tuple(rule.fields[:2])[-1]
        for rule in [*unique, *model._meta.indexes]
        if len(rule.fields) > 1 and not getattr(rule, "condition", None)
    }
    single = [field for field in model._meta.local_fields if field.db_index and not field.unique]
    found += [field.name for field in single if field.name in covered or not isinstance(field, models.ForeignKey)]
    found += [str(fields) for fields in model._meta.unique_together]
    assert found == []


@pytest.mark.parametrize("model", OURS, ids=label)
def test_keys_between_rows_of_a_center_carry_the_center(model):
    found = []
    for field in model._meta.local_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        both = issubclass(model, TenantModel) and issubclass(field.related_model, TenantModel)
        into = not issubclass(model, TenantModel) and issubclass(field.related_model, TenantModel)
        if isinstance(field, models.OneToOneField) or into or both != isinstance(field, TenantForeignKey):
            found.append(field.name)
        if field.remote_field.on_delete not in (models.PROTECT, models.CASCADE, models.SET_NULL):
            found.append(f"{field.name} on_delete")
    found += [field.name for field in model._meta.local_many_to_many]
    found += [field.name for field in model._meta.private_fields]
    assert found == []


@pytest.mark.parametrize("model", OURS, ids=label)
def test_a_model_is_plain(model):
    """No save() of its own, no order of its own: both would hide what an action or a query says."""
    own = [name for name in ("save", "clean") if inspect.isfunction(vars(model).get(name))]
    assert (own, list(model._meta.ordering)) == ([], [])
