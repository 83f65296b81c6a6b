"""Where to go and who to sign in as."""


def announce(port: int, people: str, *, demonstration: bool) -> None:
    """Print it once the house is open."""
    url = f"http://127.0.0.1:{port}"
    lines = [
        "",
        "-" * 72,
        f"The house is open:  {url}/",
        f"Make a referral:    {url}/",
        f"Casework:           {url}/casework/",
    ]
    if demonstration:
        lines.append(f"Mail it sent:       {url}/demo/mail/")
    if people.strip():
        lines += ["", people.strip()]
    lines += ["", "Ctrl-C stops everything.", "-" * 72]
    print("\n".join(lines), flush=True)
