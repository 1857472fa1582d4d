import logging

from django.db import transaction
from wagtail.images.models import Filter, SourceImageIOError

from cms.core.page_cache import do_not_cache

logger = logging.getLogger("katto.files")


class MakeshiftRenditions:
    """Mixed into the image model: where a rendition cannot be written, the original is shown.

    A full disk or an unwritable folder then costs bandwidth rather than the page, which is not
    kept in the cache.
    """

    def get_rendition(self, filter):
        try:
            return super().get_rendition(filter)
        except SourceImageIOError:
            raise
        except OSError as error:
            return self._original(error)

    def get_renditions(self, *filters):
        try:
            return super().get_renditions(*filters)
        except SourceImageIOError:
            raise
        except OSError as error:
            original = self._original(error)
            specs = [each.spec if isinstance(each, Filter) else each for each in filters]
            return dict.fromkeys(specs, original)

    def _original(self, error: OSError):
        logger.error("A rendition of picture %s cannot be written: %s", self.pk, error)
        do_not_cache()
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(False)  # no query has failed: the disk did, before any
        rendition = self.get_rendition_model()(image=self, width=self.width, height=self.height)
        rendition.file.name = self.file.name
        return rendition
