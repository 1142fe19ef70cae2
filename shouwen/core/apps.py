from django import forms
from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "shouwen.core"
    label = "core"

    def ready(self) -> None:
        """Django's own words for an empty field speak of fields; people are told what to do."""
        forms.Field.default_error_messages["required"] = "请填写这一项"
        forms.ChoiceField.default_error_messages["required"] = "请选择一项"
        forms.FileField.default_error_messages["required"] = "请选择文件"
