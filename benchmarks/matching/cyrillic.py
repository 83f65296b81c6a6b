"""Ukrainian names in Latin letters, as a passport of today, one of before, and a Polish neighbour write them."""

_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’"
_SYSTEMS = (
    "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia - -",
    "a b v g g d e ye zh z i i yi y k l m n o p r s t u f kh ts ch sh sch - yu ya - -",
    "a b w h g d e je ż z y i ji j k l m n o p r s t u f ch c cz sz szcz - ju ja - -",
    "a b w g g d e je sh s y i ji j k l m n o p r s t u f ch z tsch sch schtsch - ju ja - -",
)
ROMANISED = tuple(
    {ord(sign): "" if latin == "-" else latin for sign, latin in zip(_LETTERS, system.split(), strict=True)}
    for system in _SYSTEMS
)


def romanised(name: str, system: int) -> str:
    """A Cyrillic name as one system writes it; any other as it is."""
    latin = name.lower().translate(ROMANISED[system])
    return latin.capitalize() if latin != name.lower() else name
