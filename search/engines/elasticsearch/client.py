"""The connection to Elasticsearch: its errors, and the patience of whoever waits."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError, helpers

from ..base import Engine, EngineError, EngineMissing

WRITING_SECONDS = 30
"""How long a bulk request may take; no visitor waits for it."""
_until: ContextVar[float | None] = ContextVar("until", default=None)
"""When the patience of the visitor whose question this is ends, by the monotonic clock."""


class ElasticsearchClient(Engine):
    """``hosts`` and ``options`` are the client's; a visitor waits ``timeout`` seconds in all.

    Each of ``locales`` has an index, even an empty one; another gets it with its first document.
    """

    name = "elasticsearch"

    def __init__(
        self,
        hosts: Sequence[str],
        prefix: str = "katto",
        timeout: float = 1.0,
        locales: Sequence[str] = (),
        **options: Any,
    ) -> None:
        self.prefix = prefix
        self.all = f"{prefix}.*"
        self.locales = tuple(locales) or tuple(dict(settings.WAGTAIL_CONTENT_LANGUAGES))
        self.timeout = timeout
        options = {name: value for name, value in options.items() if value is not None}
        self.client = Elasticsearch(
            [with_port(host) for host in hosts],
            request_timeout=timeout,
            max_retries=0,
            retry_on_timeout=False,
            **options,
        )
        self.writer = self.client.options(request_timeout=WRITING_SECONDS)

    @classmethod
    @contextmanager
    def scratch(cls) -> Iterator[Self]:
        """Indexes of a prefix of their own, where a question may take its time."""
        if not settings.ELASTICSEARCH_URL:
            raise EngineMissing("Set ELASTICSEARCH_URL to the address of the server.")
        chosen = settings.ELASTICSEARCH
        options = {**chosen, "prefix": f"{chosen['prefix']}-{token_hex(4)}"}
        engine = cls(**{**options, "timeout": WRITING_SECONDS})
        try:
            yield engine
        finally:
            engine.drop()

    @contextmanager
    def errors(self) -> Iterator[None]:
        try:
            yield
        except (ApiError, TransportError, helpers.BulkIndexError) as error:
            raise EngineError(f"{type(error).__name__}: {error}"[:500]) from error

    @contextmanager
    def answers(self) -> Iterator[None]:
        """As :meth:`errors`; and an answer of another shape is no answer."""
        with self.errors():
            try:
                yield
            except (AttributeError, LookupError, TypeError, ValueError) as error:
                raise EngineError(f"A strange answer: {type(error).__name__} {error}") from error

    @contextmanager
    def question(self) -> Iterator[Elasticsearch]:
        """The client for a visitor's question, who may have waited for another one already."""
        left = self.timeout
        if (until := _until.get()) is not None:
            left = min(left, until - time.monotonic())
        if left <= 0:
            raise EngineError(f"No answer in {self.timeout} seconds")
        with self.answers():
            yield self.client.options(request_timeout=left)

    @contextmanager
    def in_time(self) -> Iterator[None]:
        until = _until.set(time.monotonic() + self.timeout)
        try:
            yield
        finally:
            _until.reset(until)


def with_port(host: str) -> str:
    """The address with its port, which the client insists on."""
    address = urlsplit(host if "//" in host else f"http://{host}")
    if address.port is None:
        port = 443 if address.scheme == "https" else 9200
        address = address._replace(netloc=f"{address.netloc}:{port}")
    return address.geturl()
