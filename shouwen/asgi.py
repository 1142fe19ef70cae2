"""ASGI entry point: for screens that hold a stream open."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.settings")
application = get_asgi_application()
