"""Text without what nobody can see or store, whatever the way in and the way out.

Word pastes U+000B, PDF readers U+000C, broken programs NUL and halves of letters. XML refuses them,
PostgreSQL refuses NUL, spreadsheets refuse both. Two doors keep them out: forms, so that everything
after them (a slug, a check for doubles, a hash for translators) sees clean words, and the database,
which no import, interface, filter or bulk statement can go round. What lay there before is cleaned
where it leaves: feeds and spreadsheets. ``manage.py clean_texts`` cleans it for good.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.db import connections
from django.db.backends.signals import connection_created
from psycopg.types.json import Jsonb
from wagtail.admin import mail

from . import clean, clean_all, one_line

# Fields that a browser shows on one line.
ONE_LINE = (forms.TextInput, forms.EmailInput, forms.URLInput)


def _clean_parameter(value) -> Any:
    if isinstance(value, Jsonb):
        return Jsonb(clean_all(value.obj), dumps=value.dumps)
    if isinstance(value, (list, tuple)):
        return type(value)(map(_clean_parameter, value))
    return clean_all(value)


def clean_parameters(execute, sql, params, many, context) -> Any:
    """The database's door: values of every statement, whoever wrote it."""
    if params:
        params = _clean_parameter(params)
    return execute(sql, params, many, context)


def _guard(connection, **kwargs) -> None:
    if clean_parameters not in connection.execute_wrappers:
        connection.execute_wrappers.append(clean_parameters)


def _clean_field(to_python) -> Callable:
    """The forms' door: ``CharField.to_python`` with clean words, on one line where a browser's
    field has one. Passwords are no text: they stay as typed.
    """

    @wraps(to_python)
    def cleaned(self, value) -> str | None:
        if isinstance(value, str) and not isinstance(self.widget, forms.PasswordInput):
            if isinstance(self.widget, ONE_LINE):
                value = one_line(value)
            else:
                value = clean(value, line_end="\n")
        return to_python(self, value)

    return cleaned


def _clean_subject(send_mail) -> Callable:
    @wraps(send_mail)
    def cleaned(subject, *args, **kwargs) -> int:
        return send_mail(one_line(subject), *args, **kwargs)

    return cleaned


def connect() -> None:
    """Open the doors. Django offers a hook for statements; its text fields and Wagtail's
    notifications are wrapped, once. Cells are cleaned by :mod:`cms.core.admin.tables`.
    """
    connection_created.connect(_guard, dispatch_uid="hygiene")
    for connection in connections.all(initialized_only=True):
        _guard(connection)
    if not hasattr(forms.CharField.to_python, "__wrapped__"):
        forms.CharField.to_python = _clean_field(forms.CharField.to_python)
        mail.send_mail = _clean_subject(mail.send_mail)
