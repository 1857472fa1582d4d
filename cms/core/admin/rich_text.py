"""One text at a time through the parser that rich-text fields share.

The widget of a block lives as long as the process, and its converter has one HTML parser whose
state is the text being read. Two editors who open their forms in the same moment, in two threads,
fed it both: one got an error page, or words of the other's page in his form.

Delete this once Wagtail's ``ContentstateConverter.from_database_format`` makes its own
``HtmlToContentStateHandler``.
"""

import threading
from functools import wraps

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

_lock = threading.RLock()


def connect() -> None:
    read = ContentstateConverter.from_database_format

    @wraps(read)
    def alone(self, html):
        with _lock:
            return read(self, html)

    ContentstateConverter.from_database_format = alone
