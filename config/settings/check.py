"""For `make check` only: with the linter of migrations, which production does not have."""

from config.settings import *
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {
    "exclude_apps": ["auth", "auditlog", "account", "contenttypes", "guardian", "mfa", "pghistory", "socialaccount"],
    # `mistakes` makes a unique constraint anew that only loosens: "dispatch_once" no longer counts what has left.
    "ignore_name_contains": "_mistakes",
    # `taken_away` lets the history of documents forget their keys. No code reads that column.
    # `closed` makes "one restriction a referral" anew, which no longer counts those that are lifted.
    # `covers_no_more` drops what mail says itself now. No code reads that column.
    # `partitions` puts the ledger into a partitioned table of the same name, with the house stopped.
    # `tasks_for_colleagues` makes "one of a kind a referral" anew, which holds for allegations alone. Tasks are few.
    # `what_lines_are_about` is of a table that is nearly empty; what a worker of before cannot write is put off.
    # `gateway_checks` makes an index over a column that is new and empty in every row.
    "ignore_name": [
        "0002_taken_away",
        "0004_what_lines_are_about",
        "0005_partitions",
        "0006_gateway_checks",
        "0014_tasks_for_colleagues",
        "0013_roles_and_closed_records",
        "0019_covers_no_more",
    ],
}
