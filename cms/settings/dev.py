"""The embedded default: one machine, one command, nothing to install beside Python."""

from cms import settings as env

from .base import *  # noqa: F403
from .base import VAR_DIR

DEBUG = env.flag("DEBUG")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY:
    # A fresh clone gets a key of its own, kept out of the repository.
    from django.core.management.utils import get_random_secret_key

    key_file = VAR_DIR / "secret-key"
    if not key_file.exists():
        key_file.parent.mkdir(parents=True, exist_ok=True)
        key_file.write_text(get_random_secret_key())
        key_file.chmod(0o600)
    SECRET_KEY = key_file.read_text()

STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
STATIC_ROOT = None  # nothing is collected: WhiteNoise finds each file where it lies
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
SERVE_MEDIA = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
