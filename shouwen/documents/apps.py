from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "shouwen.documents"
    label = "documents"
    verbose_name = "文书"
