from django.apps import AppConfig


class WorkcalendarConfig(AppConfig):
    name = "shouwen.workcalendar"
    label = "workcalendar"
    verbose_name = "日历"
