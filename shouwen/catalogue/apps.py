from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "shouwen.catalogue"
    label = "catalogue"
    verbose_name = "事项目录"
