from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "shouwen.reception"
    label = "reception"
    verbose_name = "接待与首问"
