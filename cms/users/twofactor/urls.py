from django.urls import path

from . import views

urlpatterns = [
    path("two-factor/", views.StatusView.as_view(), name="two_factor"),
    path("two-factor/set-up/", views.SetUpView.as_view(), name="two_factor_set_up"),
    path("two-factor/verify/", views.VerifyView.as_view(), name="two_factor_verify"),
    path("two-factor/reset/<int:user_id>/", views.ResetView.as_view(), name="two_factor_reset"),
]
