"""Keeping the site in good repair: what grows old by itself is noticed, and somebody is told.

Pages are read (:mod:`.reading`) for the links and pictures on them; links are followed
(:mod:`.checking`, :mod:`.addresses`, :mod:`.own`); reports show what is broken to whoever may mend
it (:mod:`.reports`), and :mod:`.letters` tells those who do not look.
"""
