from pathlib import Path

import dj_database_url
import django.conf.locale
from django.utils.translation import gettext_lazy as _

from cms import settings as env
from cms.translation.compiling import compile_folders

from .machines import *  # noqa: F403
from .security import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("KATTO_VAR_DIR") or BASE_DIR / "var")

SITE_NAME = "Katto"
BASE_URL = env.text("BASE_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "following",
    "search",
    "subjects",
    "news",
    "publications",
    "intake",
    "asking",
    "projects",
    "home",
    "cms.repair",
    "cms.translation",
    "cms.assets",
    "cms.users",
    "cms.core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.core.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.core.page_cache.PageCacheMiddleware",
    "cms.core.middleware.TextCompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.core.middleware.PermissionsPolicyMiddleware",
    "cms.core.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.core.middleware.PathLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.core.middleware.BadRequestMiddleware",
    "cms.core.middleware.FormSizeMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "cms.users.two_factor.TwoFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "cms.users.sign_in.KnownBrowserMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}",
        conn_max_age=env.number("DATABASE_CONN_MAX_AGE", 60),
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
            ),
        }
    )
else:
    # A host that is gone answers nothing at all: without a limit a visitor would wait for minutes.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
ELASTICSEARCH_URL = env.text("ELASTICSEARCH_URL")
# One address or several with commas between; a name and password may stand in the address.
ELASTICSEARCH = {
    "hosts": env.words("ELASTICSEARCH_URL"),
    "prefix": env.text("ELASTICSEARCH_PREFIX", "katto"),
    "timeout": env.number("ELASTICSEARCH_TIMEOUT_MS", 700) / 1000,
    "api_key": env.text("ELASTICSEARCH_API_KEY") or None,
    "ca_certs": env.text("ELASTICSEARCH_CA_CERTS") or None,
}
# Visitors type names too: a search without an answer is kept so long after it was last made.
MISSED_SEARCH_DAYS = env.number("MISSED_SEARCH_DAYS", 90)
# Where tasks run at once, changes reach Elasticsearch from a thread: publishing never waits.
SEARCH_THREADS = True

# What is kept while Redis is away: how often somebody asked, which engine rests; no pages.
STANDS_IN = {"default"}
if REDIS_URL:
    CACHES = {
        name: {
            "BACKEND": "cms.core.caches.backends.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": f"katto-{name}",
            "OPTIONS": {"STAND_IN": name in STANDS_IN},
        }
        for name in ("default", "renditions", "pages")
    }
else:
    CACHES = {
        name: {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": name,
        }
        for name in ("default", "renditions")
    }
    # Pages are dropped by commands too (an import), which run in a process of their own.
    CACHES["pages"] = {
        "BACKEND": "cms.core.caches.backends.FileCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }

# Done by `manage.py worker`, which `manage.py serve` starts beside itself.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ``fi-simple`` is easy Finnish (selkosuomi; BCP 47 variant ``simple``) and falls back to ``fi``.
LANGUAGE_CODE = "fi"

LANGUAGES = [
    ("fi", _("Finnish")),
    ("sv", _("Swedish")),
    ("en", _("English")),
    ("ru", _("Russian")),
    ("ar", _("Arabic")),
    ("so", _("Somali")),
    ("fi-simple", _("Easy Finnish")),
]

# Django ships no Somali: without this and a catalogue, ``/so/`` is not a language.
django.conf.locale.LANG_INFO.update(
    {
        "so": {"bidi": False, "code": "so", "name": "Somali", "name_local": "Soomaali"},
        "fi-simple": {
            "bidi": False,
            "code": "fi-simple",
            "name": "Easy Finnish",
            "name_local": "selkosuomi",
        },
    }
)
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"
# Ours, and what the packages lack in Finnish or say badly: both win over the packages.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "upstream"]
compile_folders(LOCALE_PATHS)
FORMAT_MODULE_PATH = "cms.formats"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fi", _("Finnish")), ("en", _("English"))]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static-root"
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT") or BASE_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "cms.assets.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGIN_REDIRECT_URL = "/"
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "closed/password.html"  # noqa: S105
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_USER_LOGIN_FORM = "cms.users.sign_in.SignInForm"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.admin_search"}}
WAGTAILIMAGES_IMAGE_MODEL = "assets.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "assets.CustomDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.assets.views.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.assets.views.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = [
    *("avif", "gif", "heic", "heif", "jfif", "jpg", "jpeg", "png", "svg", "webp"),
]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILDOCS_EXTENSIONS = ["docx", "mp4", "odt", "pdf", "pptx", "txt", "vtt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS = []
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 10
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
