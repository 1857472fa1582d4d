from .base import Analyser, Forms, QueryForms, Streams
from .registry import get_analyser, signature
from .tokens import Token, normalise, tokens

__all__ = [
    "Analyser",
    "Forms",
    "QueryForms",
    "Streams",
    "Token",
    "get_analyser",
    "normalise",
    "signature",
    "tokens",
]
