"""What a browser calls itself, in words that its user knows."""

# The first that is found counts: most browsers also name those that came before them.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def called(itself: str) -> str:
    """The browser and what it runs on, like "Firefox on Windows"; what it calls itself where neither is known."""
    known = [next((name for mark, name in names if mark in itself), "") for names in (_BROWSERS, _SYSTEMS)]
    return " on ".join(filter(None, known)) or itself
