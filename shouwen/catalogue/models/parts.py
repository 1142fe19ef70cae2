"""What a version consists of: materials, situations that change them, steps, and the departments of a joint item."""

from __future__ import annotations

from django.db import models

from shouwen.catalogue.models.items import ItemVersion
from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def situation_code() -> str:
    return new_code("QX")


class Material(TenantModel):
    """One material to bring; conditional ones only in the situations that add them."""

    class Necessity(models.TextChoices):
        REQUIRED = "required", "必要"
        CONDITIONAL = "conditional", "视情形"
        OPTIONAL = "optional", "非必要"

    version = TenantForeignKey(ItemVersion, models.PROTECT, related_name="materials", db_index=False)
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("材料", max_length=120)
    originals = models.PositiveSmallIntegerField("原件", default=0)
    copies = models.PositiveSmallIntegerField("复印件", default=0)
    source = models.CharField("去哪办", max_length=120, blank=True, help_text="出具单位，或“申请人自备”“窗口提供”")
    necessity = models.CharField("必要性", max_length=12, choices=Necessity, default=Necessity.REQUIRED)
    sample = models.CharField("示例与填写须知", max_length=300, blank=True)
    standard = models.CharField("受理标准", max_length=300, blank=True)
    tolerance_allowed = models.BooleanField("可容缺", default=False)

    class Meta:
        verbose_name = "材料"
        constraints = [models.UniqueConstraint(fields=["center", "version", "position"], name="material_position")]

    def __str__(self) -> str:
        return self.name


class Situation(TenantModel):
    """One answer to one question ("谁来办理": "委托他人办理"); what it adds or takes away is in `effects`."""

    code = models.CharField(max_length=16, default=situation_code)
    version = TenantForeignKey(ItemVersion, models.PROTECT, related_name="situations", db_index=False)
    position = models.PositiveSmallIntegerField("次序")
    question = models.CharField("问题", max_length=60)
    choice = models.CharField("选项", max_length=60)

    class Meta:
        verbose_name = "情形"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="situation_code"),
            models.UniqueConstraint(fields=["center", "version", "position"], name="situation_position"),
        ]

    def __str__(self) -> str:
        return f"{self.question}：{self.choice}"


class SituationMaterial(TenantModel):
    """A situation adds a conditional material, or makes another one unnecessary."""

    situation = TenantForeignKey(Situation, models.PROTECT, related_name="effects", db_index=False)
    material = TenantForeignKey(Material, models.PROTECT, related_name="+", db_index=False)
    adds = models.BooleanField("增加", help_text="否则为免交")

    class Meta:
        verbose_name = "情形与材料"
        constraints = [models.UniqueConstraint(fields=["center", "situation", "material"], name="situation_material")]


class Step(TenantModel):
    """One step inside, with its department and its share of the promised time (sum never above the promise)."""

    version = TenantForeignKey(ItemVersion, models.PROTECT, related_name="steps", db_index=False)
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("环节", max_length=40)
    department = TenantForeignKey("org.Department", models.PROTECT, related_name="+", db_index=False, verbose_name="部门")
    limit = models.PositiveSmallIntegerField("时限（工作日）", null=True, blank=True)

    class Meta:
        verbose_name = "环节"
        constraints = [models.UniqueConstraint(fields=["center", "version", "position"], name="step_position")]

    def __str__(self) -> str:
        return self.name


class Partner(TenantModel):
    """A co-operating department of a joint item, what it does and within how long ("4.3.3", K8)."""

    version = TenantForeignKey(ItemVersion, models.PROTECT, related_name="partners", db_index=False)
    position = models.PositiveSmallIntegerField("次序")
    department = TenantForeignKey("org.Department", models.PROTECT, related_name="+", db_index=False, verbose_name="协办部门")
    task = models.CharField("承办事项", max_length=120)
    limit = models.PositiveSmallIntegerField("答复时限（工作日）")

    class Meta:
        verbose_name = "协办"
        constraints = [models.UniqueConstraint(fields=["center", "version", "position"], name="partner_position")]

    def __str__(self) -> str:
        return self.task
