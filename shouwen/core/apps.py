from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "shouwen.core"
    label = "core"
