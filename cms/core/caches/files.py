from contextlib import suppress

from django.core.cache.backends.filebased import FileBasedCache

from . import Dispensable


class FileCache(Dispensable, FileBasedCache):
    """Django's cache in a folder; a full disk or an unwritable folder stops nothing."""

    def _createdir(self) -> None:
        # Django asks for it at the start too, where nobody catches; whoever writes finds out.
        with suppress(OSError):
            super()._createdir()

    def forget(self, keys, version) -> None:
        for key in keys:
            self._delete(self._key_to_file(key, version))
