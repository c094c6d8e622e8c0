"""Settings, from the environment and .env. PUBLIC_URL decides hosts, origins, links and the security of cookies."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()
if (ROOT / ".env").is_file():
    env.read_env(ROOT / ".env")

DATA_DIR = Path(env.str("DATA_DIR", default=str(ROOT / "var"))).resolve()
BIND = env.str("BIND", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
HTTP_TIMEOUT = env.int("HTTP_TIMEOUT", default=60)
REDIS_URL = env.str("REDIS_URL", default="")
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
DEMO_PUBLIC = env.bool("DEMO_PUBLIC", default=False)
TESTING = env.bool("TESTING", default=False)
# Whether other computers are meant to reach the fair.
IS_OPEN = not PUBLIC_URL.startswith(("http://127.0.0.1", "http://localhost"))


def _missing() -> list[str]:
    """The settings that a fair on the network needs and that are not set."""
    wanted = {"SECRET_KEY": "a long random text", "EMAIL_URL": "where letters go, for example smtp://mail:25"}
    return [f"{name}: {what}" for name, what in wanted.items() if IS_OPEN and not env.str(name, default="")]


if missing := _missing():
    raise ImproperlyConfigured(f"PUBLIC_URL is {PUBLIC_URL}; these are missing: " + "; ".join(missing))


def _secret_key() -> str:
    """From the environment, or from a file that is made at the first start and that only its owner can read."""
    if key := env.str("SECRET_KEY", default=""):
        return key
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = _secret_key()
_url = urlsplit(PUBLIC_URL)
_secure = _url.scheme == "https"
ALLOWED_HOSTS = [_url.hostname, *(["localhost", "127.0.0.1"] if _url.hostname in {"localhost", "127.0.0.1"} else [])]
# 127.0.0.1 and localhost are the same server, and two origins for a browser.
ORIGINS = {PUBLIC_URL, *(PUBLIC_URL.replace(str(_url.hostname), name) for name in ALLOWED_HOSTS if name)}
CSRF_TRUSTED_ORIGINS = sorted(ORIGINS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# With this prefix a browser accepts a cookie only over https and from this host itself, not from another subdomain.
COOKIE_PREFIX = "__Host-" if _secure else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _secure
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "fairplatform.i18n",
    "fairplatform.design",
    "fairplatform.content_cache",
    "fairplatform.realtime",
    "fairplatform.accounts",
    "fairplatform.files",
    "fairplatform.fairs",
    "fairplatform.notices",
    "chat",
    "booths",
    "fairplatform.ledger",
    "meetings",
    "fairplatform.control_room",
    "fairplatform.pages",
    "fairplatform.report",
    "fairplatform.workbook",
    "fairplatform.office",
    "fairplatform.booth_office",
    "fairplatform.demands",
    "fairplatform.demo",
    "fairplatform.health",
    "fairplatform.operations",
    "daphne",
    "channels",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "fairplatform.observability.requests.RouteMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fairplatform.pages.caching.CachingMiddleware",
    "fairplatform.pages.compression.CompressionMiddleware",
    "fairplatform.pages.security_headers.SecurityHeadersMiddleware",
    "fairplatform.i18n.middleware.LanguageMiddleware",
    "fairplatform.api.problems.ProblemsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fairplatform.content_cache.middleware.ContentVersionMiddleware",
    "fairplatform.accounts.middleware.ActorMiddleware",
    "fairplatform.accounts.middleware.RateLimitMiddleware",
    "fairplatform.i18n.error_pages.ErrorPagesMiddleware",
]
ROOT_URLCONF = "fairplatform.urls"
ASGI_APPLICATION = "fairplatform.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "frontend/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fairplatform.pages.context.layout",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data -----------------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'fair.sqlite3'}")}
EMBEDDED = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if EMBEDDED:
    # IMMEDIATE: a writer takes its lock at BEGIN, so "check, then insert" cannot be overtaken.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    # Short timeouts, in seconds (tcp_user_timeout in ms): while the database is away, requests fail fast and the pool
    # connects again with the next one.
    DATABASES["default"]["ENGINE"] = "fairplatform.db.postgresql"
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
        "pool": {
            "min_size": 2,
            "max_size": env.int("DATABASE_POOL", default=20),
            "timeout": 2,
            "reconnect_timeout": 2,
        },
        "connect_timeout": 2,
        "tcp_user_timeout": 5000,
        # Of disks without moving parts. By the server's own value, for those with, it would rather read whole tables.
        "options": "-c random_page_cost=1.1",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILES_DIR = DATA_DIR / "files"
# As large as a request may be (server.http_limits): what is sent is written to no folder but FILES_DIR.
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

CACHES = {
    "default": {
        "BACKEND": "fairplatform.db.cache.TolerantRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
    if REDIS_URL
    # Rate limits are counted here: the limit of entries is high, so that many new counters evict none.
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}},
    # fairplatform.content_cache: its keys contain the content version, so that each process can have its own.
    "content": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "content",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
# One process needs no channel layer: its hub delivers to its own sockets. Several processes publish through Redis.
CHANNEL_LAYERS = (
    {"default": {"BACKEND": "fairplatform.realtime.redis_layer.RedisLayer", "CONFIG": {"url": REDIS_URL}}}
    if REDIS_URL
    else {}
)
# Of letters that are asked for many people at once: a chamber's mail server takes no more.
LETTERS_PER_MINUTE = max(1, env.int("LETTERS_PER_MINUTE", default=30))
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# People ---------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["fairplatform.accounts.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "arrival"
ACCOUNT_ADAPTER = "fairplatform.notices.password_reset.LettersAdapter"
ACCOUNT_FORMS = {"login": "fairplatform.accounts.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # notices.password_reset
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Never by IP address alone: a whole exhibition hall may share one (accounts.adapter, accounts.middleware).
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key,50/d/key",
    "login_failed_anywhere": "500/d/key",
    "reset_password": "3/5m/key,10/d/key",
    "reset_password_from_key": None,
    "signup": None,
}
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
SESSION_ENGINE = "fairplatform.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "fairplatform.pages.errors.csrf_failure"

vars().update(env.email_url("EMAIL_URL", default="filemail:" if not TESTING else "memorymail:"))
EMAIL_FILE_PATH = str(DATA_DIR / "letters")
EMAIL_TIMEOUT = 20  # seconds; without one, a mail server that does not answer would block all letters
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"fair@{_url.hostname}")

# Realtime -------------------------------------------------------------------------------------------------------------
FAST_FRAMES = env.bool("FAST_FRAMES", default=True)
HEARTBEAT_SECONDS = env.float("HEARTBEAT_SECONDS", default=15.0)
IDLE_SECONDS = env.float("IDLE_SECONDS", default=90.0)  # without a message from the client a socket is closed
SOCKETS_PER_PERSON = env.int("SOCKETS_PER_PERSON", default=60)
SOCKETS_PER_ADDRESS = env.int("SOCKETS_PER_ADDRESS", default=2000)
VISITOR_SOCKETS_PER_ADDRESS = env.int("VISITOR_SOCKETS_PER_ADDRESS", default=500)  # of those, without an account
PRESENCE_SECONDS = env.int("PRESENCE_SECONDS", default=60)  # until the people of a lost process count as gone
TURN_URLS = env.list("TURN_URLS", default=[])
TURN_SECRET = env.str("TURN_SECRET", default="")

# Languages and time ---------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese")), ("ur", _("Urdu"))]
LOCALE_PATHS = [ROOT / "frontend/locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# Static files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_DIR", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [ROOT / "frontend/static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "fairplatform.design.staticfiles.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING
SILENCED_SYSTEM_CHECKS = ["fields.W342"]

# Logs and metrics -----------------------------------------------------------------------------------------------------
LOGGING_CONFIG = "fairplatform.observability.logs.configure"
LOGGING = {
    "format": env.str("LOG_FORMAT", default="json" if IS_OPEN else "line"),
    "level": env.str("LOG_LEVEL", default="INFO"),
}
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
