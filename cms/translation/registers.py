"""Who may do what with the records of registers, and with the glossary: Wagtail asks these."""

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from cms.users.members import has_record, members, records

from .policy import as_staff, is_translated_for, language_rights


class RegisterPolicy(ModelPermissionPolicy):
    """For registers whose records have languages: staff as ever; translators those of their own
    language, to look at and to translate; a member's people what is its own.
    """

    words = frozenset({"change", "view"})

    def user_has_permission(self, user, action) -> bool:
        if as_staff(user, self._get_permission_name(action)):
            return True
        if action in self.words and language_rights(user):
            return True
        return records(user, self.model, [action]) is not None

    def user_has_permission_for_instance(self, user, action, instance) -> bool:
        if as_staff(user, self._get_permission_name(action)):
            return True
        if members(user) and has_record(user, instance, action):
            return True
        if action == "view":
            return instance.locale_id in language_rights(user)
        return action in self.words and is_translated_for(user, instance)

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        found = self.model._default_manager.all()
        if any(as_staff(user, self._get_permission_name(action)) for action in actions):
            return found
        translated = () if self.words.isdisjoint(actions) else language_rights(user)
        found = found.filter(locale__in=translated) if translated else found.none()
        own = records(user, self.model, actions)
        return found if own is None else found | own


class GlossaryPolicy(ModelPermissionPolicy):
    """Staff keep the terms; whoever translates, into whichever language, reads them."""

    def user_has_permission(self, user, action) -> bool:
        is_reader = action == "view" and bool(language_rights(user))
        return is_reader or as_staff(user, self._get_permission_name(action))
