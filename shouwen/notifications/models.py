"""The outbox: what people are told, written in the same transaction as the thing they are told about."""

from __future__ import annotations

from django.db import models

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def message_code() -> str:
    return new_code("XX")


class Message(TenantModel):
    """One message to one person by one transport; `(center, key, transport)` is unique, so nobody is told twice.

    `key` names the event and the person ("leave.asked:QJ-…:RY-…"). `attempts` and `due_at` are the claim of a sender:
    whoever moves them delivers; a sender that dies leaves a message that is due again.
    """

    code = models.CharField(max_length=16, default=message_code)
    to = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="收件人")
    transport = models.CharField("途径", max_length=20)
    key = models.CharField(max_length=120)
    title = models.CharField("标题", max_length=60)
    text = models.CharField("内容", max_length=300, blank=True)
    url = models.CharField("去办理", max_length=200, blank=True)
    created_at = models.DateTimeField("时间")
    due_at = models.DateTimeField("下次发送")
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    delivered_at = models.DateTimeField("送达", null=True)
    read_at = models.DateTimeField("已读", null=True)

    class Meta:
        verbose_name = "消息"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="message_code"),
            models.UniqueConstraint(fields=["center", "key", "transport"], name="message_key"),
        ]
        indexes = [
            models.Index(fields=["center", "to", "-created_at"], name="message_inbox"),
            models.Index(fields=["center", "due_at"], condition=models.Q(delivered_at__isnull=True), name="message_due"),
            models.Index(fields=["center", "to"], condition=models.Q(read_at__isnull=True), name="message_unread"),
        ]

    def __str__(self) -> str:
        return self.title
