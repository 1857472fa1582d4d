"""Taking the sample away: what ``load_sample`` made goes without a trace, what people made stays.

:func:`sample` looks and changes nothing; :func:`remove` takes away what it found.
"""

from .finding import Change, Changed, Sample, is_there, sample
from .removing import remove

__all__ = ["Change", "Changed", "Sample", "is_there", "remove", "sample"]
