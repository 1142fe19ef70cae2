from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "shouwen.public"
    label = "public"
    verbose_name = "公众"
