"""Which records of the registers the public meets: those that something visible names.

A record that only a draft, a closed or an unpublished project names is as unknown to the public
as that project.
"""

from .catalogue import catalogue
from .models import Organisation, Person
from .registers import NAMES, registers


def shown_keys(model) -> set:
    """Translation keys of the records of one of these registers that visitors meet by name."""
    keys = catalogue().named[NAMES[model]]
    if model is Organisation:
        people = Person.objects.public().filter(show_on_contacts_page=True)
        employers = people.exclude(organisation=None).values_list("organisation", flat=True)
        keys = keys | {registers().organisations.keys[pk] for pk in employers}
    return keys
