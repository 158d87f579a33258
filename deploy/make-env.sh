#!/bin/sh
# Writes deploy/.env (or the file that is named) with a secret for every name that compose.yaml wants; the only place
# where they are. One that exists is left as it is: with other secrets nobody could sign in or enter any more.
set -eu
file=${1:-$(dirname "$0")/.env}
if [ -e "$file" ]; then
  echo "$file exists and stays as it is. Secrets that are lost cannot be made again: keep a copy of it." >&2
  exit 1
fi
# A letter first: NATS reads a word of digits as a number.
secret() { printf 's%s' "$(head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n')"; }
umask 077
{
  for name in \
    POSTGRES_PASSWORD \
    AUTH_DATABASE_PASSWORD EVENTS_DATABASE_PASSWORD PARTICIPANTS_DATABASE_PASSWORD \
    GATES_DATABASE_PASSWORD ANALYTICS_DATABASE_PASSWORD REGISTRY_DATABASE_PASSWORD \
    NATS_PASSWORD VALKEY_PASSWORD \
    HEADCOUNT_AUTH_SECRET HEADCOUNT_TICKET_SECRET HEADCOUNT_MANIFEST_SECRET HEADCOUNT_VIEWER_SECRET \
    HEADCOUNT_REGISTRY_TOKEN
  do
    echo "$name=$(secret)"
  done
} > "$file.new"
mv "$file.new" "$file"
echo "Wrote $file. Keep a copy of it: what it holds cannot be made again."
