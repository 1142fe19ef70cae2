from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "shouwen.notifications"
    label = "notifications"
    verbose_name = "消息"
