"""Settings of Sổ Vàng. Every setting has a working default; .env.example lists the environment variables."""

import os
from pathlib import Path

import dj_database_url

from emulation import env

BASE_DIR = Path(__file__).resolve().parent.parent
env.load_dotenv(BASE_DIR / ".env")

# Every process of the product loads this module: what it writes is readable for its own user only.
os.umask(0o077)
DATA_DIR = Path(env.read_str("DATA_DIR", str(BASE_DIR / "data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.read_or_create_secret_key(DATA_DIR / "secret_key")
DEBUG = env.read_bool("DEBUG")
HTTPS = env.read_bool("HTTPS")
ALLOWED_HOSTS = env.read_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.read_list("CSRF_TRUSTED_ORIGINS")
# X-Forwarded-For is read only from these peers (gunicorn trusts the same ones), and only the entries that our own proxies
# added: TRUSTED_PROXIES from the right. HTTPS means that one proxy terminates TLS.
FORWARDED_ALLOW_IPS = env.read_list("FORWARDED_ALLOW_IPS", "127.0.0.1")
TRUSTED_PROXIES = env.read_int("TRUSTED_PROXIES", 1 if HTTPS else 0)
SITE_URL = env.read_str("SITE_URL", f"http://127.0.0.1:{env.read_int('PORT', 8000)}").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth.account",  # only because allauth.mfa needs it: its tables stay empty
    "allauth.mfa",
    "emulation.core",
    "emulation.communes",
    "emulation.audit",
    "emulation.jobs",
    "emulation.backups",
    "emulation.workflow",
    "emulation.accounts",
    "emulation.notices",
    "emulation.legal",
    "emulation.documents",
    "villages",
    "campaigns",
    "commendations",
    "reports",
    "portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "emulation.core.middleware.HtmlGZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "emulation.core.middleware.SecurityHeadersMiddleware",
    "emulation.core.middleware.RequestSizeLimitMiddleware",
    "emulation.accounts.middleware.IdleLimitMiddleware",
    "emulation.accounts.middleware.PasswordChangeRequiredMiddleware",
    "emulation.workflow.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "emulation.urls"
WSGI_APPLICATION = "emulation.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["emulation.core.loaders.FolderLoader", "emulation.core.loaders.AppLoader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "emulation.workflow.context.page_context",
            ],
        },
    }
]

# ── data ─────────────────────────────────────────────────────────────────────────────────────────
DATABASES = {
    "default": dj_database_url.parse(
        env.read_str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'sovang.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # With the default DEFERRED, a transaction that reads and then writes can fail at once with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = DATA_DIR / "files"
STATIC_URL = "static/"
STATIC_ROOT = Path(env.read_str("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
UPLOAD_MAX_BYTES = 12 * 1024 * 1024  # one photo
REQUEST_MAX_BYTES = 64 * 1024 * 1024  # a form with its files; a larger request is refused before it is read

# ── people ───────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["emulation.accounts.backend.ThrottledBackend"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "emulation.accounts.passwords.PasswordLengthValidator"},
    {"NAME": "emulation.accounts.passwords.PasswordNotCommonValidator"},
    {"NAME": "emulation.accounts.passwords.PasswordNotLocalValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
MFA_ADAPTER = "emulation.accounts.mfa_adapter.MfaAdapter"  # no page of allauth is routed
MFA_TOTP_TOLERANCE = 1
SESSION_COOKIE_AGE = 12 * 3600
PASSWORD_AGAIN_MINUTES = env.read_int("PASSWORD_AGAIN_MINUTES", 15)
IDLE_MINUTES = env.read_numbers("IDLE_MINUTES", "administrator:30,chair:60,vice_chair:60,clerk:60,office:120")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "emulation.core.errorpages.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ── e-mail ───────────────────────────────────────────────────────────────────────────────────────
# Without EMAIL_HOST, e-mails are written as files to DATA_DIR/mail.
MAIL_DIR = DATA_DIR / "mail"
EMAIL_HOST = env.read_str("EMAIL_HOST")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "emulation.notices.outbox.OutboxEmailBackend"
)
EMAIL_PORT = env.read_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.read_str("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.read_str("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.read_bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.read_str("EMAIL_FROM", "so-vang@localhost")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"

# ── language and time ────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "vi"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = "emulation.formats"
USE_THOUSAND_SEPARATOR = False  # years and numbers of papers have no dots; `floatformat:"g"` and `vnd` group
LOCALE_PATHS = [BASE_DIR / "locale"]

# ── safety ───────────────────────────────────────────────────────────────────────────────────────
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# ── background jobs ──────────────────────────────────────────────────────────────────────────────
# The job table is the source of truth; the broker only wakes a worker up (docs/architecture.md).
REDIS_URL = env.read_str("REDIS_URL")
BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
    "max_retries": 0,  # a request does not wait for a broker that is down: the sweep runs the job
    **(
        {"socket_connect_timeout": 1, "socket_timeout": 5}
        if REDIS_URL
        else {
            "data_folder_in": str(BROKER_DIR / "queue"),
            "data_folder_out": str(BROKER_DIR / "queue"),
            "control_folder": str(BROKER_DIR / "control"),
            "store_processed": False,
            "polling_interval": 0.2,  # seconds; with Kombu's default of 1 s, users and Ctrl-C would wait that long
        }
    ),
}
for folder in () if REDIS_URL else ("queue", "control"):
    (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "jobs.sweep", "schedule": 15.0, "options": {"expires": 14}},
    "open-periods": {"task": "jobs.tick", "schedule": 300.0, "options": {"expires": 290}},
}
JOB_LEASE_SECONDS = env.read_int("JOB_LEASE_SECONDS", 60)
JOB_MAX_ATTEMPTS = env.read_int("JOB_MAX_ATTEMPTS", 5)

# ── backups ──────────────────────────────────────────────────────────────────────────────────────
BACKUP_DIR = Path(env.read_str("BACKUP_DIR", str(DATA_DIR / "backups"))).resolve()
BACKUP_KEY = env.read_str("BACKUP_KEY")
BACKUP_KEY_FILE = env.read_str("BACKUP_KEY_FILE")
BACKUP_DAILY = env.read_bool("BACKUP_DAILY", True)
BACKUP_HOUR = env.read_int("BACKUP_HOUR", 2)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "emulation.core.logs.OneLineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.read_str("LOG_LEVEL", "WARNING")},
    "loggers": {"emulation.accounts.sign_in": {"level": "INFO"}},  # one line per sign-in, at any LOG_LEVEL
}
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # X_FRAME_OPTIONS is SAMEORIGIN: documents are previewed in iframes
