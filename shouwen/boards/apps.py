from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "shouwen.boards"
    label = "boards"
    verbose_name = "大屏"
