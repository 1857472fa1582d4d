"""How dates and times are shown and read where Django's own ways could be taken for another day.

The same two ways of writing a date are read in every language of the admin: ``31.12.2026`` and
``2026-12-31``. Neither can be mistaken, as ``1/5/2016`` can; years have four digits.
The first way is the one that forms write where nobody sees it, to the second.

English here is without America's month before day: who reads it is in Finland.
"""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
TIME_INPUT_FORMATS = ["%H:%M:%S", "%H:%M", "%H.%M", "%H.%M.%S"]
DATETIME_INPUT_FORMATS = [
    f"{day} {time}" for day in DATE_INPUT_FORMATS for time in TIME_INPUT_FORMATS
]
DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
FIRST_DAY_OF_WEEK = 1
# Not Django's: how forms write what they read again (cms/core/admin/written_values.py).
WRITTEN_DATE_FORMAT = "Y-m-d"
WRITTEN_DATETIME_FORMAT = "Y-m-d H:i"
