#!/bin/sh
# Runs once in the database container: the two roles and the database. The application's role owns nothing.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 \
  --set owner="$(cat /run/secrets/owner_password)" --set app="$(cat /run/secrets/app_password)" <<'SQL'
CREATE ROLE noah_owner LOGIN PASSWORD :'owner';
CREATE ROLE noah_app LOGIN NOBYPASSRLS PASSWORD :'app';
CREATE DATABASE noah OWNER noah_owner;
REVOKE ALL ON DATABASE noah FROM PUBLIC;
GRANT CONNECT ON DATABASE noah TO noah_app;
SQL
