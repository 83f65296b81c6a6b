#!/bin/sh
# Run once by the PostgreSQL image in an empty data directory: the two roles, and a database that the owner owns.
set -eu
: "${OWNER_PASSWORD:?}" "${APPLICATION_PASSWORD:?}"
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres \
  --set=owner_password="$OWNER_PASSWORD" --set=application_password="$APPLICATION_PASSWORD" <<'SQL'
CREATE ROLE prevent_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE prevent_app LOGIN PASSWORD :'application_password';
CREATE DATABASE prevent OWNER prevent_owner;
REVOKE ALL ON DATABASE prevent FROM PUBLIC;
GRANT CONNECT ON DATABASE prevent TO prevent_app;
SQL
