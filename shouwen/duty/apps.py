from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "shouwen.duty"
    label = "duty"
    verbose_name = "值守"
