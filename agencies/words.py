"""Whether what somebody wrote says anything that can be read."""

import unicodedata

# Letters by their kind, and nothing to be seen: the fillers of Hangul.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0")


def says_something(text: str) -> bool:
    """Whether a letter or digit of any script can be seen in it: signs, spaces and what has no shape give no reason."""
    return any(unicodedata.category(sign)[0] in "LN" and sign not in _UNSEEN for sign in text)
