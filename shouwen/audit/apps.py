from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "shouwen.audit"
    label = "audit"
    verbose_name = "审计"
