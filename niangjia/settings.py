"""Settings of one node. Everything a node may change comes from the environment."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from psycopg.conninfo import conninfo_to_dict

BASE_DIR = Path(__file__).resolve().parent.parent


def env_flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on, false for anything else, `default` when the variable is unset."""
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "on"}


#: Where the node keeps its database, keys, backups and collected files.
HOME = Path(os.environ.get("NIANGJIA_HOME", BASE_DIR / "var"))
DEMO = env_flag("NIANGJIA_DEMO")
DEBUG = env_flag("NIANGJIA_DEBUG")
HTTPS = env_flag("NIANGJIA_HTTPS")

SECRET_KEY = os.environ.get("NIANGJIA_SECRET_KEY", "")
if not SECRET_KEY:
    secret_file = HOME / "secret_key"
    SECRET_KEY = secret_file.read_text() if secret_file.exists() else "not-for-serving"
ALLOWED_HOSTS = os.environ.get("NIANGJIA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("NIANGJIA_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "niangjia.core",
    "niangjia.regions",
    "niangjia.organisations",
    "niangjia.members",
    "niangjia.allocation",
    "niangjia.benefits",
    "niangjia.feedback",
    "niangjia.places",
    "niangjia.cases",
    "niangjia.activities",
    "niangjia.hotline",
    "niangjia.web",
    "niangjia.api_root",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "niangjia.core.edge.request_ids.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages are text on a slow line. Padding at random keeps lengths from telling secrets.
    "django.middleware.gzip.GZipMiddleware",
    "niangjia.core.edge.caching.CachingMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "niangjia.core.edge.refusals.RefusalMiddleware",
]

#: Shows a refusal (`core.errors`) that no view has answered itself.
NIANGJIA_REFUSAL_VIEW = "niangjia.web.views.problems.refused"
#: From one account or address to the API, by all processes together; 0 for no limit.
NIANGJIA_API_REQUESTS_PER_MINUTE = int(os.environ.get("NIANGJIA_API_RATE", "600"))
#: Ten megabytes of text still reach the form, which says beside the field that it is too long.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
#: A form with files, all together; one file has 20 MB at most (`core.files.LIMITS`).
NIANGJIA_UPLOAD_BYTES = 64_000_000
#: What people send never lies on a disk unsealed.
FILE_UPLOAD_HANDLERS = ["niangjia.core.files.receiving.Receiver"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "scrubbed": {
            "()": "niangjia.core.edge.logs.ScrubbingFormatter",
            "format": "{asctime} {levelname} {name} {request_id} {message}",
            "style": "{",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "scrubbed"}},
    "root": {"handlers": ["console"], "level": os.environ.get("NIANGJIA_LOG_LEVEL", "WARNING")},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}

ROOT_URLCONF = "niangjia.web.urls"
WSGI_APPLICATION = "niangjia.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "niangjia.web.template_loader.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "niangjia.web.context.frame",
            ],
            "builtins": ["niangjia.web.templatetags.ui"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


def database_from(conninfo: str) -> dict[str, Any]:
    """Django's settings for a libpq connection string or URI."""
    parts = conninfo_to_dict(conninfo)
    known = {
        "NAME": parts.pop("dbname", "niangjia"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
    }
    options = parts.pop("options", "")
    if wait := os.environ.get("NIANGJIA_LOCK_TIMEOUT"):
        options = f"{options} -c lock_timeout={wait}".strip()
    pool = {
        "min_size": 1,
        "max_size": int(os.environ.get("NIANGJIA_POOL", "8")),
        # Seconds. There are more connections than threads that serve: whoever waits for one waits
        # for a server that is away, and is told so.
        "timeout": 2.5,
    }
    return {
        # Whether a pooled connection outlived the server is looked at whenever one is taken.
        "ENGINE": "niangjia.core.database",
        **known,
        # Statements that say so are kept by the server with their plans (`core.database`).
        "OPTIONS": {**parts, "options": options, "pool": pool, "prepare_threshold": 5},
    }


#: `niangjia` starts the embedded server and names it here before Django reads its settings.
DATABASES = {
    "default": database_from(os.environ.get("NIANGJIA_DATABASE_URL", "dbname=niangjia")),
}
#: "sm4-gcm-sm3", or "aes256-gcm-sha256". After a change: `core.crypto.rotation`.
NIANGJIA_CIPHER_SUITE = os.environ.get("NIANGJIA_CIPHER_SUITE", "sm4-gcm-sm3")
#: Where keys come from: the dotted name of a function that returns a `core.crypto.KeyProvider`.
NIANGJIA_KEY_PROVIDER = os.environ.get(
    "NIANGJIA_KEY_PROVIDER", "niangjia.core.crypto.keys.from_file"
)
#: Seconds. A worker not heard of for the second is dead; its jobs go on within 60 s (promise 22).
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": float(os.environ.get("NIANGJIA_HEARTBEAT", "5")),
    "stalled_worker_timeout": 4 * float(os.environ.get("NIANGJIA_HEARTBEAT", "5")),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
#: Shared by every process: throttles and used codes must be known to all of them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    #: What each process may keep for itself because it can tell whether it is still true.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

AUTH_USER_MODEL = "members.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["phone"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mine/"
SESSION_ENGINE = "niangjia.core.edge.sessions"
SESSION_COOKIE_AGE = 30 * 86_400
ACCOUNT_ADAPTER = "niangjia.members.adapters.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "niangjia.members.adapters.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "niangjia.members.forms.second_factor.AuthenticateForm",
    "reauthenticate": "niangjia.members.forms.second_factor.ReauthenticateForm",
}
#: Steps of 30 s that a phone's clock may be off; `services.second_factors` sees to replays.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
#: A passkey cannot be guessed; a dormitory behind one router must still get in.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
#: A passkey asks for face, finger or PIN, so that it is two factors by itself.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False
#: How many proxies stand before the node; what they say of the client's address is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("NIANGJIA_PROXIES", "0"))
#: Passwords are throttled by axes. Its tables get digests, never phone numbers.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "niangjia.members.adapters.passwords.throttled_address"
AXES_USERNAME_CALLABLE = "niangjia.members.adapters.passwords.throttled_name"
AXES_LOCKOUT_CALLABLE = "niangjia.members.views.sign_in.locked_out"
AXES_SENSITIVE_PARAMETERS = ["phone", "password", "login", "username"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

#: The operator's gateway to a text message provider, and to the identity service.
SMS_URL = os.environ.get("NIANGJIA_SMS_URL", "")
SMS_TOKEN = os.environ.get("NIANGJIA_SMS_TOKEN", "")
#: The gateway that pages whoever is on call (`hotline.clients.paging`), and the address at which
#: their phones reach this node, for the link in the message.
PAGER_URL = os.environ.get("NIANGJIA_PAGER_URL", "")
PAGER_TOKEN = os.environ.get("NIANGJIA_PAGER_TOKEN", "")
PUBLIC_URL = os.environ.get("NIANGJIA_PUBLIC_URL", "").rstrip("/")
#: On which terms programs may use the places (`places.rules.open_data_words`), by SPDX.
OPEN_DATA_LICENCE = os.environ.get("NIANGJIA_OPEN_DATA_LICENCE", "CC-BY-4.0")
IDENTITY_URL = os.environ.get("NIANGJIA_IDENTITY_URL", "")
IDENTITY_TOKEN = os.environ.get("NIANGJIA_IDENTITY_TOKEN", "")
#: The operator's gateway to a call centre, and what its reports are signed with.
TELEPHONY_URL = os.environ.get("NIANGJIA_TELEPHONY_URL", "")
TELEPHONY_TOKEN = os.environ.get("NIANGJIA_TELEPHONY_TOKEN", "")
TELEPHONY_SECRET = os.environ.get("NIANGJIA_TELEPHONY_SECRET", "")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "build" / "locale"]
FORMAT_MODULE_PATH = ["niangjia.web.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("NIANGJIA_STATIC", BASE_DIR / "build" / "static"))
NODE_MODULES = BASE_DIR / "node_modules"
#: Outlines of provinces and cities, built from a package (operations.assets).
BOUNDARIES = BASE_DIR / "build" / "assets" / "boundaries"
#: The family that letters are set in (`core.documents.fonts`).
NIANGJIA_FONTS = NODE_MODULES / "@expo-google-fonts" / "noto-serif-sc"
STATICFILES_DIRS = (
    [BASE_DIR / "build" / "assets"] if (BASE_DIR / "build" / "assets").exists() else []
)
#: Once the files are collected, each is served under the digest of its content, compressed and for
#: ever. Until then (tests, a fresh checkout) they are read where they lie.
COLLECTED = env_flag("NIANGJIA_COLLECTED", (STATIC_ROOT / "staticfiles.json").exists())
#: Whether a page loads the style sheets as one file: where a collection holds it.
STYLES_JOINED = COLLECTED and (STATIC_ROOT / "styles").exists()
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not COLLECTED
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "niangjia.web.collecting.Collected"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "niangjia.web.views.problems.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
LANGUAGE_COOKIE_NAME = "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

CONTENT_SECURITY_POLICY: dict[str, dict[str, list[Any]]] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

#: Map tiles. Without a key the map draws the division boundaries that this node serves itself.
TIANDITU_KEY = os.environ.get("NIANGJIA_TIANDITU_KEY", "")
if TIANDITU_KEY:
    for directive in ("img-src", "connect-src"):
        sources = CONTENT_SECURITY_POLICY["DIRECTIVES"].get(directive, [SELF])
        CONTENT_SECURITY_POLICY["DIRECTIVES"][directive] = [*sources, "https://*.tianditu.gov.cn"]
