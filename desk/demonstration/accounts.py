"""Who can sign in to the demonstration: one person for each role, and two colleagues in most of their agencies."""

from dataclasses import dataclass

from agencies.roles import RoleName

# Shown on the screen of whoever starts the demonstration, which runs on loopback only.
PASSWORD = "try-it-out-2026"  # noqa: S105  # shown on purpose, opens fictional data only
# With this and its reference every referrer of the demonstration comes back to their own page.
CODE = "TRYT-TRYT-TRYT"

LEEDS, BRADFORD, CARDIFF, GLASGOW = "E08000035", "E08000032", "W06000015", "S12000049"


@dataclass(frozen=True)
class Account:
    """Somebody who signs in; `agency` is an agency's code."""

    email: str
    name: str
    role: RoleName
    agency: str


ACCOUNTS = (
    Account("officer@ctp-north-east.example", "Bronwen Haworth", RoleName.CTP_OFFICER, "ctp-north-east"),
    Account("supervisor@ctp-north-east.example", "Tariq Naylor", RoleName.CTP_SUPERVISOR, "ctp-north-east"),
    Account("lead@leeds.example", "Niamh Warsame", RoleName.AUTHORITY_LEAD, LEEDS),
    Account("supervisor@leeds.example", "Marged Holloway", RoleName.AUTHORITY_SUPERVISOR, LEEDS),
    Account("coordinator@leeds.example", "Prakash Ellwood", RoleName.CHANNEL_COORDINATOR, LEEDS),
    Account("chair@leeds.example", "Morag Adebayo", RoleName.CHANNEL_CHAIR, LEEDS),
    Account("panel@leeds.example", "Yusuf Tempest", RoleName.PANEL_MEMBER, LEEDS),
    Account("retention@leeds.example", "Ceridwen Hussain", RoleName.RETENTION_ADMINISTRATOR, LEEDS),
    Account("approver@leeds.example", "Barnaby Okoro", RoleName.RETENTION_APPROVER, LEEDS),
    Account("privacy@leeds.example", "Ingrid Mistry", RoleName.PRIVACY_OFFICER, LEEDS),
    Account("auditor@leeds.example", "Imogen Rathbone", RoleName.AUDITOR, LEEDS),
    Account("fimu@ctp-north-east.example", "Delyth Chowdhury", RoleName.FIMU_ANALYST, "ctp-north-east"),
    Account("privacy@ctp-north-east.example", "Hamish Sandhu", RoleName.PRIVACY_OFFICER, "ctp-north-east"),
    Account("lead@bradford.example", "Adeel Kershaw", RoleName.AUTHORITY_LEAD, BRADFORD),
    Account("officer@ctp-wales.example", "Gethin Prydderch", RoleName.CTP_OFFICER, "ctp-wales"),
    Account("lead@cardiff.example", "Siân Llewelyn", RoleName.AUTHORITY_LEAD, CARDIFF),
    Account("officer@police-scotland.example", "Eilidh Gallacher", RoleName.CTP_OFFICER, "police-scotland"),
    Account("lead@glasgow.example", "Callum Öztürk", RoleName.AUTHORITY_LEAD, GLASGOW),
    Account("police@national-desk.example", "Ama Pickersgill", RoleName.NATIONAL_DESK_OFFICER, "national-police-desk"),
    Account(
        "supervisor@national-desk.example",
        "Rhodri Mahoney",
        RoleName.NATIONAL_DESK_SUPERVISOR,
        "national-police-desk",
    ),
    Account("councils@national-desk.example", "Oisín Clegg", RoleName.NATIONAL_DESK_OFFICER, "national-authority-desk"),
    Account(
        "police@restricted-desk.example", "Rhian Oyelaran", RoleName.RESTRICTED_DESK_OFFICER, "restricted-police-desk"
    ),
    Account("fimu@restricted-desk.example", "Ottoline Greatrex", RoleName.FIMU_ANALYST, "restricted-police-desk"),
    Account(
        "councils@restricted-desk.example",
        "Dominik Adeyemi",
        RoleName.RESTRICTED_DESK_OFFICER,
        "restricted-authority-desk",
    ),
    Account(
        "allegations@restricted-desk.example",
        "Seonaid Whitcombe",
        RoleName.ALLEGATIONS_OFFICER,
        "restricted-authority-desk",
    ),
    Account("privacy@national-desk.example", "Solveig Barrow", RoleName.PRIVACY_OFFICER, "national-police-desk"),
    Account("standards@national-desk.example", "Rosalind Achebe", RoleName.STANDARDS_LEAD, "national-police-desk"),
    Account("analyst@home-office.example", "Teodor Finch", RoleName.HOME_OFFICE_ANALYST, "home-office"),
    Account("reviewer@home-office.example", "Augusta Penrose", RoleName.AUDITOR, "home-office"),
    Account("provider@pathways.example", "Nkechi Lomax", RoleName.INTERVENTION_PROVIDER, "intervention-providers"),
    Account("administrator@system.example", "Zofia Whitaker", RoleName.SYSTEM_ADMINISTRATOR, "system"),
    Account("second.administrator@system.example", "Lorcan Bashir", RoleName.SYSTEM_ADMINISTRATOR, "system"),
)

_COLLEAGUES = {
    "ctp-north-east": ("Kwame Illingworth", "Lowri Sutcliffe"),
    LEEDS: ("Hodan Thackray", "Thomas Wójcik"),
    BRADFORD: ("Zainab Ogden", "Declan Mirza"),
    "ctp-wales": ("Eleri Bowen", "Usman Pritchard"),
    CARDIFF: ("Macsen Farah", "Cerys Diallo"),
    "police-scotland": ("Fionn Entwistle", "Layla Gallagher"),
    GLASGOW: ("Aoife Mansour", "Lewis Okonkwo"),
    "national-police-desk": ("Megan Uttley", "Bilal Yardley"),
    "national-authority-desk": ("Tomos Jama", "Holly Ionescu"),
}


def colleagues() -> list[Account]:
    """Two more in each agency that receives ordinary referrals, with the role of the one listed; the same password."""
    listed = {account.agency: account for account in reversed(ACCOUNTS)}
    return [
        Account(f"colleague{number}@{_domain(listed[agency])}", name, listed[agency].role, agency)
        for agency, names in _COLLEAGUES.items()
        for number, name in enumerate(names, start=1)
    ]


def _domain(account: Account) -> str:
    # The two national desks share a domain: their names stand before it.
    name, _at, domain = account.email.partition("@")
    return f"{name}.{domain}" if domain == "national-desk.example" else domain
