"""Every row belongs to one centre (house.md §12, T1–T23).

`TenantModel` is the base of every table of an area, `TenantForeignKey` the link between two of them, `Model.objects.of(center)` the beginning of
every query. A mistake here is a bug, not an expected "no": it raises `ValueError` or `DatabaseError`, never `Refused`.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Self

from django.db import connections, models
from django.db.models.fields.related_descriptors import (
    ForwardManyToOneDescriptor,
    ReverseManyToOneDescriptor,
    create_reverse_many_to_one_manager,
)
from django.db.models.sql.where import WhereNode
from django.utils.functional import cached_property

CENTER = frozenset({"center", "center_id"})
_across: ContextVar[str] = ContextVar("across_centers", default="")


@contextmanager
def across_centers(why: str) -> Iterator[None]:
    """The named exceptions to "every query names one centre": `with across_centers("login"): …`.

    Changes nothing at run time; it tells readers and the query check of the tests (T22) that these statements look at
    all centres on purpose. Evaluate querysets inside the block.
    """
    token = _across.set(why)
    try:
        yield
    finally:
        _across.reset(token)


def crossing() -> str:
    """Why the running code looks across centres, "" when it does not."""
    return _across.get()


_made, _making = (0, 0), threading.Lock()


def uuid7() -> uuid.UUID:
    """Time-ordered UUID (RFC 9562), made in Python: no sequence, the same ids on every database.

    Within a process each is larger than the one before, in the same millisecond too, so that rows of one moment keep their order.
    """
    global _made
    moment, tail = time.time_ns() // 1_000_000, int.from_bytes(os.urandom(9), "big")
    with _making:
        if moment == _made[0]:
            tail = _made[1] + 1 + (tail >> 40)
        _made = moment, tail
    value = moment << 80 | (tail >> 62 & 0xFFF) << 64 | tail & (1 << 62) - 1
    return uuid.UUID(int=value | 0x7 << 76 | 0x2 << 62)


def same_center(fields: Iterable[str]) -> None:
    """Raise when a write would move rows to another centre (T9: moving is copy and close)."""
    if not CENTER.isdisjoint(fields):
        raise ValueError("A row never changes its center")


def center_filter(instances: Iterable[Any]) -> models.Q:
    """The condition that ties a prefetch to the centre (nearly always one) of the rows it is made for."""
    centers = {instance.center_id for instance in instances}
    return models.Q(center_id=centers.pop()) if len(centers) == 1 else models.Q(center_id__in=centers)


def matched_by_center(prefetched: tuple[Any, ...]) -> tuple[Any, ...]:
    """Django's recipe for a prefetch, matching rows by centre as well: one prefetch may serve rows of several."""
    rows, key_of_theirs, key_of_mine, *rest = prefetched
    return (
        rows,
        lambda theirs: (theirs.center_id, key_of_theirs(theirs)),
        lambda mine: (mine.center_id, key_of_mine(mine)),
        *rest,
    )


class TenantQuerySet(models.QuerySet[Any]):
    def of(self, center: Any) -> Self:
        """Rows of one centre (an `org.Center` or its id); the only way to begin a query on tenant data."""
        return self.filter(center_id=getattr(center, "pk", center))

    def update(self, **kwargs: Any) -> int:
        same_center(kwargs)
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def only(self, *fields: Any) -> Self:
        """As Django's, and always with the center: loading a left-out field later must be able to name it."""
        return super().only(*(fields if fields == (None,) else ("center", *fields)))


class TenantForward(ForwardManyToOneDescriptor):
    """`event.case`: found within the row's own centre, and only a row of that centre may be set."""

    def __set__(self, instance: Any, value: Any) -> None:
        theirs = getattr(value, "center_id", None)
        if theirs is not None and theirs != instance.center_id:
            name = f"{instance._meta.label}.{self.field.name}"
            if instance.center_id is None:
                raise ValueError(f"Set the center before {name}")
            raise ValueError(f"{name} refuses a row of another center ({theirs}, expected {instance.center_id})")
        super().__set__(instance, value)

    def get_prefetch_querysets(self, instances: Any, querysets: Any = None) -> Any:
        queryset: Any = querysets[0] if querysets else self.get_queryset()  # type: ignore[call-arg]
        return matched_by_center(super().get_prefetch_querysets(instances, [queryset.filter(center_filter(instances))]))


class TenantReverse(ReverseManyToOneDescriptor):
    """`case.events`: filtered by centre, and `create()` sets it."""

    @cached_property
    def related_manager_cls(self) -> Any:
        return reverse_manager(self.rel.related_model._default_manager.__class__, self.rel)


def reverse_manager(superclass: Any, rel: Any) -> Any:
    """Django's reverse manager with the centre in every statement it makes."""
    django_manager: Any = create_reverse_many_to_one_manager(superclass, rel)

    class TenantRelatedManager(django_manager):
        def __init__(self, instance: Any) -> None:
            super().__init__(instance)
            self.core_filters["center_id"] = instance.center_id

        def __call__(self, *, manager: str) -> Any:
            return reverse_manager(getattr(self.model, manager).__class__, rel)(self.instance)

        def get_prefetch_querysets(self, instances: Any, querysets: Any = None) -> Any:
            queryset = querysets[0] if querysets else super(django_manager, self).get_queryset()
            queryset = queryset.using(queryset._db or self._db)
            # Not filter(): a Prefetch may carry a sliced queryset (the three latest of each).
            queryset.query.add_q(center_filter(instances))
            return matched_by_center(super().get_prefetch_querysets(instances, [queryset]))

        def add(self, *objs: Any, bulk: bool = False) -> None:
            # Django's bulk form updates by primary key alone.
            super().add(*objs, bulk=False)

        def create(self, **kwargs: Any) -> Any:
            return super().create(**self._centered(kwargs))

        def get_or_create(self, **kwargs: Any) -> Any:
            return super().get_or_create(**self._centered(kwargs))

        def update_or_create(self, **kwargs: Any) -> Any:
            return super().update_or_create(**self._centered(kwargs))

        def _centered(self, kwargs: dict[str, Any]) -> dict[str, Any]:
            return kwargs if CENTER & kwargs.keys() else {**kwargs, "center_id": self.instance.center_id}

    return TenantRelatedManager


class TenantForeignKey(models.ForeignKey):
    """A foreign key between rows of one centre: every join and lookup carries the centre (T4).

    Declare it after `center`; set the center first. Leave `db_index` out where a composite index covers it (T7).
    """

    related_accessor_class = TenantReverse
    forward_related_accessor_class = TenantForward

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> Any:
        if not (alias and related_alias):
            return None
        fields: list[Any] = [model._meta.get_field("center") for model in (self.model, self.remote_field.model)]
        mine, theirs = fields
        return WhereNode([mine.get_lookup("exact")(theirs.get_col(alias), mine.get_col(related_alias))])

    def get_extra_descriptor_filter(self, instance: Any) -> dict[str, Any]:
        return {"center_id": instance.center_id}


@cache
def insert_sql(model: type[models.Model], columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({", ".join(["%s"] * len(columns))})'


class TenantModel(models.Model):
    """A row of one centre: id made in Python, centre set once, every statement of Django's about it names the centre."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    center = models.ForeignKey("org.Center", models.PROTECT, related_name="+", db_index=False, verbose_name="中心")

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        same_center(kwargs.get("update_fields") or ())
        # A stored row is updated or the save fails (DatabaseError): never a second row under another centre.
        if not self._state.adding and not args and not kwargs.get("update_fields") and not kwargs.get("force_insert"):
            kwargs["force_update"] = True
        super().save(*args, **kwargs)

    def _do_insert(self, manager: Any, using: Any, fields: Any, returning_fields: Any, raw: bool) -> Any:
        """Django composes the same INSERT for every row of a model; here it is composed once."""
        if returning_fields:
            return super()._do_insert(manager, using, fields, returning_fields, raw)  # type: ignore[misc]
        connection = connections[using]
        values = [
            field.get_db_prep_save(getattr(self, field.attname) if raw else field.pre_save(self, True), connection)
            for field in fields
        ]
        if any(hasattr(value, "as_sql") for value in values):  # an expression, such as Now()
            return super()._do_insert(manager, using, fields, returning_fields, raw)  # type: ignore[misc]
        with connection.cursor() as cursor:
            cursor.execute(insert_sql(type(self), tuple(field.column for field in fields)), values)
        return []

    def _do_update(  # type: ignore[override]
        self, base_qs: Any, using: Any, pk_val: Any, values: Any, *args: Any, **kwargs: Any
    ) -> Any:
        values = [value for value in values if value[0].name != "center"]
        return super()._do_update(base_qs.filter(center_id=self.center_id), using, pk_val, values, *args, **kwargs)

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        if from_queryset is None and "center_id" in self.__dict__:
            manager = type(self)._base_manager.db_manager(using, hints={"instance": self})
            from_queryset = manager.filter(center_id=self.center_id)
        super().refresh_from_db(using, fields, from_queryset)
