from django.urls import path

from cms.core.routing import reads

from . import exports, views

app_name = "search"

urlpatterns = [
    path("", reads(views.results), name="results"),
    path("suggest/", reads(views.suggest), name="suggest"),
    path("missed/", views.missed, name="missed"),
    path("thanks/", reads(views.thanks), name="thanks"),
    path("hits.csv", reads(exports.csv_hits), name="hits-csv"),
    path("hits.json", reads(exports.json_hits), name="hits-json"),
    path("hits.atom", reads(exports.HitFeed()), name="hits-atom"),
]
