"""A browser for the browser tests: the system's Chromium, installed by apt where we may."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The browser that CHROMIUM names, or the system's."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """Install Chromium if there is none. 1, with a message naming the package, if that cannot be done."""
    if find():
        return 0
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        print("Installing chromium ...", flush=True)
        told = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run([apt, *words], env=told, check=False, stdout=subprocess.DEVNULL)
        if find():
            return 0
    print(
        "The browser tests need Chromium: install Debian's package `chromium` (apt-get install chromium),\n"
        "or set CHROMIUM to the path of a browser.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
