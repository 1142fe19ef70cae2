"""Environment in, Django out. What a centre may change is data, not a setting (docs/reference/settings.md)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PACKAGE_DIR = Path(__file__).resolve().parent


def env_bool(name: str, default: bool) -> bool:
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if value and not (value.isascii() and value.isdigit()):
        raise SystemExit(f"设置 {name} 应是整数:{value}")
    return int(value or default)


def env_secret(name: str, path: Path) -> str:
    """The variable, or the file; the file is made with fresh random content (mode 0600) at first use."""
    if value := os.environ.get(name):
        return value
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("utf-8").strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text("utf-8").strip()


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """SQLite in the data directory, or PostgreSQL by `postgres://user:password@host:port/name?option=…`."""
    if not url:
        return {
            "ENGINE": "shouwen.core.sqlite3",
            "NAME": data_dir / "shouwen.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 15,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-2000;",
            },
        }
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        # Compiling a statement (jit) takes longer than any statement of ours.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2, "options": "-c jit=off", **options},
    }


DATA_DIR = Path(os.environ.get("SHOUWEN_DATA_DIR") or Path.cwd() / "data").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = False
DEMO_DATE = os.environ.get("SHOUWEN_DEMO_DATE", "")
HTTPS = env_bool("SHOUWEN_HTTPS", False)
PORT = env_int("PORT", 8000)
# The streams of the hall's screens (docs/operate/devices.md); behind HTTPS the proxy brings /stream/ here.
SCREENS_PORT = env_int("SHOUWEN_SCREENS_PORT", PORT + 1)
# Where the public reaches this installation ("https://…"); printed papers carry it in their square code.
PUBLIC_URL = os.environ.get("SHOUWEN_PUBLIC_URL", "")
SECRET_KEY = env_secret("SHOUWEN_SECRET_KEY", DATA_DIR / "secrets" / "django.key")
AUDIT_KEY = env_secret("SHOUWEN_AUDIT_KEY", DATA_DIR / "secrets" / "audit.key")
# The ring of keys that seal personal numbers, the newest first (core/privacy.py, `shouwen rekey`); re-read when the file changes.
PRIVACY_KEYS = env_secret("SHOUWEN_PRIVACY_KEY", DATA_DIR / "secrets" / "privacy.key").replace(",", " ").split()
PRIVACY_KEY_FILE = None if os.environ.get("SHOUWEN_PRIVACY_KEY") else DATA_DIR / "secrets" / "privacy.key"
KEYS = [SECRET_KEY, AUDIT_KEY, *PRIVACY_KEYS]
if len(set(KEYS)) < len(KEYS) or len(KEYS) < 3 or min(map(len, KEYS)) < 32 or min(len(set(key)) for key in KEYS) < 8:
    names = "SHOUWEN_SECRET_KEY、SHOUWEN_AUDIT_KEY 与 SHOUWEN_PRIVACY_KEY"
    raise SystemExit(f"密钥过短或彼此相同:{names} 须各不相同且不少于 32 个字符")
ALLOWED_HOSTS = os.environ.get("SHOUWEN_HOSTS", "*").split(",")
# Set papers in a process of their own that goes when idle; `shouwen serve` says so to its workers.
PAPERS_APART = env_bool("SHOUWEN_PAPERS_APART", False)
TRUSTED_PROXIES = frozenset(filter(None, os.environ.get("SHOUWEN_TRUSTED_PROXIES", "").split(",")))
# The counter's screen is in public view, so it locks sooner than an office (等保 8.1.4.1 b).
IDLE_SECONDS_COUNTER = env_int("SHOUWEN_IDLE_MINUTES_COUNTER", 15) * 60
IDLE_SECONDS = env_int("SHOUWEN_IDLE_MINUTES", 30) * 60
SESSION_COOKIE_AGE = env_int("SHOUWEN_SESSION_HOURS", 8) * 3600

APPS = [
    "audit",
    "org",
    "rulebook",
    "workcalendar",
    "documents",
    "notifications",
    "catalogue",
    "duty",
    "reception",
    "cases",
    "attendance",
    "assessment",
]
FACES = ["desk", "public", "boards"]
INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.contenttypes",
    "template_partials",
    "django_htmx",
    "shouwen.core",
    *(f"shouwen.{app}" for app in APPS + FACES),
]
MIDDLEWARE = [
    "shouwen.core.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shouwen.org.middleware.CurrentActor",
    "shouwen.audit.middleware.RecordRefusals",
    "shouwen.core.middleware.Gate",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "shouwen.core.web.frame",
            ],
            "builtins": ["template_partials.templatetags.partials", "shouwen.core.templatetags.shouwen"],
        },
    }
]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "shouwen.urls"
# Our own SecurityHeaders does what the two missing middlewares would, on static files and errors too.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]
WSGI_APPLICATION = "shouwen.wsgi.application"

AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["shouwen.org.access.Argon2Hasher"]
LOGIN_URL = "org:login"
# "djbh": 等保 (three of four classes, 90 days, last five refused); "asvs": length and common words only.
PASSWORD_PROFILE = os.environ.get("SHOUWEN_PASSWORD_PROFILE", "djbh")
SECRET_HOURS = env_int("SHOUWEN_SECRET_HOURS", 72)
SESSION_ENGINE = "shouwen.core.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "shouwen.core.web.csrf_failed"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-shouwen" if HTTPS else "shouwen"
CSRF_COOKIE_NAME = "__Host-shouwen-csrf" if HTTPS else "shouwen-csrf"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "masked": {"()": "shouwen.core.middleware.MaskingFormatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masked"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
