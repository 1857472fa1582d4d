import pytest
from django.db import transaction

from cms.core.content_epoch import current_epoch, drop_public_pages


@pytest.mark.django_db(transaction=True)
def test_the_epoch_of_a_finished_transaction_is_not_that_of_the_next():
    """Else the next would know closed pages, labels and synonyms as they were then."""
    with transaction.atomic():
        drop_public_pages()
        inside = current_epoch()
    with transaction.atomic():
        assert current_epoch() != inside
    with transaction.atomic():
        drop_public_pages()
        inside = current_epoch()
        transaction.set_rollback(True)
    with transaction.atomic():
        assert current_epoch() != inside
    shared = current_epoch()
    with transaction.atomic():
        assert current_epoch() == shared
