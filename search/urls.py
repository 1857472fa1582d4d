from django.urls import path

from . import exports, views

app_name = "search"

urlpatterns = [
    path("", views.results, name="results"),
    path("suggest/", views.suggest, name="suggest"),
    path("missed/", views.missed, name="missed"),
    path("thanks/", views.thanks, name="thanks"),
    path("hits.csv", exports.csv_hits, name="hits-csv"),
    path("hits.json", exports.json_hits, name="hits-json"),
    path("hits.atom", exports.HitFeed(), name="hits-atom"),
]
