import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from cms.users.roles import EDITORS


class UserFactory(factory.django.DjangoModelFactory):
    """A user without rights. The password is ``correct horse``."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence("user{}".format)
    email = factory.Sequence("user{}@example.org".format)
    password = factory.django.Password("correct horse")


class EditorFactory(UserFactory):
    """A member of the editors, or of the group whose name is given as ``join``."""

    @factory.post_generation
    def join(self, create, extracted, **kwargs):
        if create:
            self.groups.add(Group.objects.get(name=extracted or EDITORS.name))


class SuperuserFactory(UserFactory):
    is_staff = True
    is_superuser = True
