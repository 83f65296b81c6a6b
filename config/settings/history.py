"""Field diffs by django-auditlog into our own entries, history by triggers of django-pghistory."""

AUDITLOG_LOGENTRY_MODEL = "audit.Entry"
AUDITLOG_DISABLE_REMOTE_ADDR = True  # it believes X-Forwarded-For; our own context knows the address
AUDITLOG_USE_BASE_MANAGER = True
AUDITLOG_STORE_JSON_CHANGES = True
AUDITLOG_MASK_CALLABLE = "audit.registration.mask"  # its own shows half of what it masks

PGTRIGGER_MODEL_META = True
PGTRIGGER_MIGRATIONS = True
PGTRIGGER_INSTALL_ON_MIGRATE = False
PGHISTORY_APPEND_ONLY = False  # disposal empties history with the person; the grants are the wall
