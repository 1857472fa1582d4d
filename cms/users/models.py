from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """The project's own user from the first migration, so that it can grow without a swap."""
