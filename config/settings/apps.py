"""The rooms, the libraries under them, and the order in which a request meets the middleware."""

ROOMS = ["desk", "triage", "referrals", "documents", "people", "agencies", "audit"]

INSTALLED_APPS = [
    "config.apps.HouseConfig",
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "guardian",
    "auditlog",
    "pgtrigger",
    "pghistory",
    "csp",
    "django_linear_migrations",
]

MIDDLEWARE = [
    "config.middleware.requests.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "config.middleware.storing.NothingIsStored",
    "config.middleware.language.ReadersLanguage",
    "audit.middleware.RecordingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.idling.SessionsIdleOut",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "agencies.access.AccessMiddleware",
    "agencies.signin.middleware.SecondFactorMiddleware",
    "referrals.purposes.PurposeMiddleware",
]
