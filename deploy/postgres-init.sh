#!/bin/sh
# Run once by the Postgres image, on an empty volume: each service, and the registry, gets a database of its own and a role that may enter
# no other.
set -eu
for service in auth events participants gates analytics registry; do
  # The password by the environment, so that no process list shows it.
  export PASSWORD="$(printenv "$(echo "$service" | tr a-z A-Z)_DATABASE_PASSWORD")"
  psql --username "$POSTGRES_USER" --dbname postgres --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set name="headcount_$service" <<'SQL'
\getenv password PASSWORD
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
