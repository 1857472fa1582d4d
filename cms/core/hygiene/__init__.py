from .text import UNFIT, clean, clean_all, one_line

__all__ = ["UNFIT", "clean", "clean_all", "one_line"]
