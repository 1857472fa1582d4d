"""Production: everything from the environment; `manage.py check --deploy` stays silent."""

from cms import settings as env

from .base import *  # noqa: F403
from .security import ADMIN_POLICY, PUBLIC_POLICY

DEBUG = False
SECRET_KEY = env.required("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [env.required("ALLOWED_HOSTS")]
# Links in letters are made from this, never from the Host header of a request.
BASE_URL = env.text("BASE_URL") or f"https://{ALLOWED_HOSTS[0].lstrip('*.')}"
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# The proxy in front ends HTTPS. With no proxy (0) nobody's word about it is taken.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 1)
if TRUSTED_PROXY_COUNT > 0:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
REQUIRE_TWO_FACTOR = env.flag("REQUIRE_TWO_FACTOR", True)
if SECURE_SSL_REDIRECT:
    PUBLIC_POLICY["upgrade-insecure-requests"] = True
    ADMIN_POLICY["upgrade-insecure-requests"] = True
SERVE_MEDIA = env.flag("SERVE_MEDIA")

AWS_STORAGE_BUCKET_NAME = env.text("AWS_STORAGE_BUCKET_NAME")
if AWS_STORAGE_BUCKET_NAME:
    AWS_S3_ENDPOINT_URL = env.text("AWS_S3_ENDPOINT_URL") or None
    AWS_S3_REGION_NAME = env.text("AWS_S3_REGION_NAME") or None
    AWS_S3_CUSTOM_DOMAIN = env.text("AWS_S3_CUSTOM_DOMAIN") or None
    AWS_S3_FILE_OVERWRITE = False
    AWS_QUERYSTRING_AUTH = False
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage"}  # noqa: F405

EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "webmaster@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
