from django import forms
from django.apps import AppConfig
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinLengthValidator, MinValueValidator


class CoreConfig(AppConfig):
    name = "shouwen.core"
    label = "core"

    def ready(self) -> None:
        """Django's own words speak of fields, variables and characters; people are told what to do."""
        forms.Field.default_error_messages["required"] = "请填写这一项"
        forms.ChoiceField.default_error_messages["required"] = "请选择一项"
        forms.FileField.default_error_messages |= {"required": "请选择文件", "empty": "这个文件是空的,请换一个"}
        forms.DateField.default_error_messages["invalid"] = "没有这一天,请写成 2026-11-05 的样子"
        forms.TimeField.default_error_messages["invalid"] = "没有这个时刻,请写成 08:30 的样子"
        for field in (forms.IntegerField, forms.DecimalField):
            field.default_error_messages["invalid"] = "请填数字"
        MaxLengthValidator.message = "最多 %(limit_value)d 个字,现在有 %(show_value)d 个"
        MinLengthValidator.message = "至少 %(limit_value)d 个字,现在有 %(show_value)d 个"
        MaxValueValidator.message = "不能大于 %(limit_value)s"
        MinValueValidator.message = "不能小于 %(limit_value)s"
