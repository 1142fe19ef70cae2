"""The person who comes. Number and telephone are sealed; what can be searched are keyed digests of the whole and of the tail."""

from __future__ import annotations

from django.db import models

from shouwen.core.tenancy import TenantModel
from shouwen.rules.numbering import new_code


def person_code() -> str:
    return new_code("BR")


class Person(TenantModel):
    """A citizen or a unit served by this centre (办事人). A name alone is enough: nobody must show a card to ask a question."""

    class IdKind(models.TextChoices):
        NONE = "", "未登记"
        ID_CARD = "id_card", "居民身份证"
        CREDIT_CODE = "credit_code", "统一社会信用代码"
        OTHER = "other", "其他证件"

    code = models.CharField("编号", max_length=16, default=person_code)
    name = models.CharField("姓名或名称", max_length=60)
    is_unit = models.BooleanField("单位", default=False)
    id_kind = models.CharField("证件种类", max_length=12, choices=IdKind, blank=True, default="")
    id_sealed = models.TextField("证件号码（密文）", blank=True)
    id_digest = models.CharField("证件号码（检索）", max_length=44, blank=True)
    id_tail = models.CharField("证件后四位（检索）", max_length=24, blank=True)
    phone_sealed = models.TextField("电话（密文）", blank=True)
    phone_digest = models.CharField("电话（检索）", max_length=44, blank=True)
    phone_tail = models.CharField("电话后四位（检索）", max_length=24, blank=True)
    id_masked = models.CharField("证件号码（遮盖）", max_length=24, blank=True)
    phone_masked = models.CharField("电话（遮盖）", max_length=20, blank=True)
    address = models.CharField("住址", max_length=120, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "办事人"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="person_code"),
            models.UniqueConstraint(fields=["center", "id_digest"], condition=~models.Q(id_digest=""), name="person_id_digest"),
        ]
        indexes = [
            models.Index(fields=["center", "name"], name="person_name"),
            models.Index(fields=["center", "phone_tail"], name="person_phone_tail"),
            models.Index(fields=["center", "id_tail"], name="person_id_tail"),
            models.Index(fields=["center", "phone_digest"], name="person_phone_digest"),
        ]

    def __str__(self) -> str:
        return self.name
