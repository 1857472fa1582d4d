"""What browsers may load, who may try to sign in, and how often."""

from datetime import timedelta

from csp.constants import NONE, SELF, UNSAFE_INLINE

from cms import settings as env

# Where pictures come from when files are in a bucket; see production.py.
MEDIA_ORIGIN = ""
if env.text("AWS_STORAGE_BUCKET_NAME"):
    MEDIA_ORIGIN = f"https://{env.text('AWS_STORAGE_BUCKET_NAME')}.s3.amazonaws.com"
    if env.text("AWS_S3_ENDPOINT_URL"):
        MEDIA_ORIGIN = env.text("AWS_S3_ENDPOINT_URL").rstrip("/")
    if env.text("AWS_S3_CUSTOM_DOMAIN"):
        MEDIA_ORIGIN = f"https://{env.text('AWS_S3_CUSTOM_DOMAIN')}"
MEDIA_ORIGINS = [MEDIA_ORIGIN] if MEDIA_ORIGIN else []

PUBLIC_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:", *MEDIA_ORIGINS],
    "font-src": [SELF],
    "connect-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    # Videos, once a visitor plays them: no address of theirs that sets cookies.
    "frame-src": [SELF, "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
    "frame-ancestors": [SELF],
}
# Wagtail's editor still writes inline scripts (dates, inline panels) and styles.
ADMIN_POLICY = {
    **PUBLIC_POLICY,
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:", *MEDIA_ORIGINS],
    "font-src": [SELF, "data:"],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_POLICY}
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Wagtail itself lets its previews be framed by its editor.
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60

# A project with many sections and rows has thousands of fields (Wagtail advises 10,000).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# The number of proxies in front whose X-Forwarded-For is believed; 0 believes none.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Names that fail from one address before others there wait: an office of twenty mistypes too.
NAMES_OF_ADDRESS = 25
# Other addresses from which one name fails before it waits wherever it has never signed in.
ADDRESSES_OF_NAME = 10
AXES_CLIENT_IP_CALLABLE = "cms.users.sign_in.counted_address"
AXES_USERNAME_CALLABLE = "cms.users.sign_in.counted_name"
AXES_HANDLER = "cms.users.sign_in.SprayHandler"
AXES_LOCKOUT_CALLABLE = "cms.users.sign_in.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
LOGIN_TRACE_DAYS = env.number("LOGIN_TRACE_DAYS", 30)

REQUIRE_TWO_FACTOR = env.flag("REQUIRE_TWO_FACTOR", False)
OTP_TOTP_ISSUER = env.text("TWO_FACTOR_ISSUER") or "Katto"

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
