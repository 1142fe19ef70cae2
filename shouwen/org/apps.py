from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "shouwen.org"
    label = "org"
    verbose_name = "中心与人员"
