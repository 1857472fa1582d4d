import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group


class UserFactory(factory.django.DjangoModelFactory):
    """A user without rights. The password is ``correct horse``."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence("user{}".format)
    email = factory.Sequence("user{}@example.org".format)
    password = factory.django.Password("correct horse")


class EditorFactory(UserFactory):
    """A member of Wagtail's Editors."""

    @factory.post_generation
    def join(self, create, extracted, **kwargs):
        if create:
            self.groups.add(Group.objects.get(name=extracted or "Editors"))


class SuperuserFactory(UserFactory):
    is_staff = True
    is_superuser = True
