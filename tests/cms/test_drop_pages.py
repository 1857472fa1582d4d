from django.core.management import call_command

from cms.core.content_epoch import current_epoch


def test_new_code_does_not_serve_what_the_old_one_rendered(transactional_db):
    before = current_epoch()
    assert current_epoch() == before
    call_command("drop_pages")
    assert current_epoch() != before
