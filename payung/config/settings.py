"""Settings, decided by the environment alone.

`PAYUNG_PROFILE`  `local` (the default: one machine, loopback, conveniences of development) or `production`.
`PAYUNG_HOME`     where the embedded database, keys and files live; `var/` beside the checkout by default.
`DATABASE_URL`    `postgres://user:password@host:port/name` selects PostgreSQL; without it SQLite in PAYUNG_HOME.
`PAYUNG_SECRET_KEY`, `PAYUNG_ALLOWED_HOSTS`, `PAYUNG_ORIGINS`, `PAYUNG_EMAIL_HOST`  matter in production.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
PAYUNG_PROFILE = os.environ.get("PAYUNG_PROFILE", "local")
PAYUNG_HOME = Path(os.environ.get("PAYUNG_HOME", BASE_DIR.parent / "var")).resolve()
LOCAL = PAYUNG_PROFILE == "local"
if PAYUNG_PROFILE not in {"local", "production"}:
    raise ImproperlyConfigured("PAYUNG_PROFILE is `local` or `production`.")


def _secret_key() -> str:
    """Take the key from the environment, or keep one of our own in PAYUNG_HOME: sessions outlive a restart."""
    if given := os.environ.get("PAYUNG_SECRET_KEY"):
        return given
    if not LOCAL:
        raise ImproperlyConfigured("PAYUNG_SECRET_KEY must be set in production.")
    kept = PAYUNG_HOME / "keys" / "session.key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


def _database() -> dict[str, Any]:
    """Choose PostgreSQL by DATABASE_URL, else SQLite the way that lost nothing in power-cut tests."""
    if url := os.environ.get("DATABASE_URL"):
        parts = urlsplit(url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 60,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": PAYUNG_HOME / "payung.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # WAL has a data race before 3.44.6/3.50.7/3.51.3 (Debian 12 has 3.40.1); a deferred BEGIN fails under
            # concurrent read-then-write. The cache holds a slice of bulk work, so that it does not spill and take
            # the exclusive lock while readers wait.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON; "
                "PRAGMA mmap_size=0; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; "
                # REPLACE removes rows: without this the triggers of tables that only grow do not see it.
                "PRAGMA recursive_triggers=ON"
            ),
        },
    }


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [h for h in os.environ.get("PAYUNG_ALLOWED_HOSTS", "127.0.0.1,localhost").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("PAYUNG_ORIGINS", "").split(",") if o]
PAYUNG_SITE_URL = os.environ.get("PAYUNG_SITE_URL", "http://127.0.0.1:8000")
PAYUNG_REGENCY = os.environ.get("PAYUNG_REGENCY", "33.24")
PAYUNG_REQUIRE_MFA = not LOCAL

INSTALLED_APPS = [
    "payung.store",
    "payung.vault",
    "payung.audit",
    "payung.access",
    "payung.jobs",
    "payung.messages",
    "payung.papers",
    "payung.registry",
    "payung.sponsors",
    "payung.enrolment",
    "payung.contributions",
    "payung.intake",
    "payung.coverage",
    "payung.watch",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "payung.web.frame.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "payung.access.middleware.ViewerMiddleware",
    "payung.web.accounts.session_rules.SessionRulesMiddleware",
    "payung.web.accounts.session_rules.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "payung.config.urls"
WSGI_APPLICATION = "payung.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "payung.web.frame.context.frame",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "payung.web.frame.tags",
                "payung.web.frame.controls",
            ],
        },
    }
]
COTTON_DIR = "cotton"

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = None if LOCAL else PAYUNG_HOME / "static"
STATICFILES_DIRS = [path for path in [BASE_DIR / "web" / "static"] if path.exists()]
WHITENOISE_USE_FINDERS = LOCAL
if not LOCAL:
    # `collectstatic` at deployment gives each file a name that holds its content, and compresses it.
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/masuk/"
LOGIN_REDIRECT_URL = "/beranda/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by the invitation that was sent to it
ACCOUNT_ADAPTER = "payung.access.adapter.ClosedSignupAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers whose address somebody typed
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
MFA_TOTP_ISSUER = "Payung"
MFA_TOTP_TOLERANCE = 1  # RFC 6238 §5.2: one step of 30 seconds either way, for telephones whose clock is off
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_VERBOSE = False

AXES_LOCKOUT_TEMPLATE = "accounts/lockout.html"
AXES_HTTP_RESPONSE_CODE = 429

SESSION_COOKIE_AGE = 8 * 3600
PAYUNG_SESSION_IDLE_SECONDS = 30 * 60
ACCOUNT_FORMS = {"login": "payung.web.accounts.forms.PayungLoginForm"}
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, whoever forgot to sign out
CSRF_FAILURE_VIEW = "payung.web.frame.views.csrf_failed"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = not LOCAL
SECURE_HSTS_SECONDS = 0 if LOCAL else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_PROXY_SSL_HEADER = None if LOCAL else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
PAYUNG_MAX_UPLOAD_BYTES = 25 * 1024 * 1024  # a list of 100,000 rows is about 10 MB

PAYUNG_LIST_DOUBLES_PERCENT = int(os.environ.get("PAYUNG_LIST_DOUBLES_PERCENT", "30"))  # above it a list is explained
DEFAULT_FROM_EMAIL = os.environ.get("PAYUNG_EMAIL_FROM", "payung@localhost")
if _host := os.environ.get("PAYUNG_EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _host
    EMAIL_PORT = int(os.environ.get("PAYUNG_EMAIL_PORT", "587"))
    EMAIL_USE_TLS = True
    EMAIL_HOST_USER = os.environ.get("PAYUNG_EMAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("PAYUNG_EMAIL_PASSWORD", "")
else:
    # Without a mail server every message becomes a file that the operator can open.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = PAYUNG_HOME / "mail"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"payung": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
