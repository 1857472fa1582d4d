"""Whom a command is about: shared by those that tell and those that forget."""

from django.core.management.base import CommandError

from projects.models import Person
from projects.personal import find_people


def one_person(asked: str, others: bool = False) -> list[Person]:
    """The person in all languages. ``others``: nobody is fine, there may be an account.

    Raises ``CommandError`` with exit code 1 for nobody, 2 where several are meant.
    """
    found = find_people(asked)
    if len(found) > 1:
        lines = [f"“{asked}” may be any of {len(found)} people; ask by the key:"]
        for group in found:
            facts = (group[0].name, group[0].title, group[0].organisation, group[0].email)
            lines.append(f"{group[0].translation_key}  {', '.join(str(x) for x in facts if x)}")
        raise CommandError("\n".join(lines), returncode=2)
    if not found and not others:
        raise CommandError(f"Nobody has the e-mail, name or key “{asked}”.")
    return found[0] if found else []
