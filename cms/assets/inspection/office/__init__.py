"""What an office document would fetch, run or give away when it is opened.

Documents are read part by part, as a stream: the parts are parsed, not searched, because XML has
many ways to write the same thing. What refers outwards is measured against lists of what is
allowed; an ordinary link, which does nothing until somebody clicks on it, is the only way out.
"""

from .parts import check_office

__all__ = ["check_office"]
