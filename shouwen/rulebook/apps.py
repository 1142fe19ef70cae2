from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "shouwen.rulebook"
    label = "rulebook"
    verbose_name = "制度"
