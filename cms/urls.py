from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.defaults import page_not_found
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.account import LogoutView, PasswordResetView

from cms.assets.views import serve_media
from cms.core import views
from cms.core.routing import reads
from cms.core.sitemaps import sitemap
from cms.core.stylesheet import stylesheet
from cms.translation.easy.views import write as write_easy
from cms.translation.editor.saving import save as save_string
from cms.users.sign_in import limit_posts
from news import calendar
from news.models import NewsPage
from projects.admin.members.joining import join
from projects.models import ProjectPage
from publications.models import PublicationPage
from search import api as api_urls

urlpatterns = [
    path("", reads(views.root), name="root"),
    re_path(
        r"^style/(?P<version>[0-9a-f]{12})-(?P<colour>default|[0-9a-f]{6})\.css\Z",
        reads(stylesheet),
        name="stylesheet",
    ),
    path("favicon.ico", reads(views.favicon)),
    path("robots.txt", reads(views.robots), name="robots"),
    path("sitemap.xml", reads(sitemap), name="sitemap"),
    path(
        "admin/password_reset/",
        limit_posts(
            PasswordResetView.as_view(), "password-reset", times=5, seconds=3600, field="email"
        ),
    ),
    # Wagtail's takes the session's cookie away even where it answers that GET is not allowed.
    path("admin/logout/", require_POST(LogoutView.as_view()), name="wagtailadmin_logout"),
    path("admin/failwhale/", page_not_found, {"exception": None}),  # Wagtail's makes an error
    # Asks by itself who is there: after a session has ended, what was typed has to come back.
    path(
        "admin/translation/edit/<int:translation_id>/strings/<int:string_segment_id>/",
        save_string,
        name="save_string",
    ),
    path("admin/join/<uidb64>/<token>/", join, name="member_join"),
    path("admin/translation/easy/<int:page_id>/", write_easy, name="easy_write"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include("cms.assets.views")),
    path("api/v1/", api_urls.urls),
]

if getattr(settings, "SERVE_MEDIA", False):
    urlpatterns += [re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.*)$", reads(serve_media))]

urlpatterns += i18n_patterns(
    path("haku/", include("search.views")),
    path("seuraa/", include("following.views")),
    path("kysy/", include("asking.views")),
    path("luvut/", include("projects.pictures.numbers")),
    path("kuvat/", include("projects.pictures.files")),
    path("kuvat/", include("projects.pictures.shares")),
    path("", include("subjects.views")),
    *(
        path(f"feeds/{name}.atom", reads(views.PageFeed(name, model, title)), name=f"{name}-feed")
        for name, model, title in (
            ("projects", ProjectPage, _("Projects")),
            ("publications", PublicationPage, _("Publications")),
            ("news", NewsPage, _("News and events")),
        )
    ),
    path("feeds/events.ics", reads(calendar.feed), name="events-calendar"),
    path("feeds/events/<uuid:key>.ics", reads(calendar.one), name="event-calendar"),
    path("", include("cms.users.sign_in")),
    re_path(wagtail_urls.serve_pattern, csrf_exempt(views.serve), name="wagtail_serve"),
)

handler400 = "cms.core.middleware.bad_request"
handler404 = "cms.core.faults.not_found"
handler500 = "cms.core.faults.server_error"
