#!/bin/sh
# Makes the secrets of docker-compose.yml under .noah/secrets, once; existing ones are kept.
set -eu
folder="$(dirname "$0")/../.noah/secrets"
mkdir -p "$folder"
chmod 700 "$folder"
random() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '='; }
for name in postgres_password owner_password app_password signing_key; do
  [ -s "$folder/$name" ] || random >"$folder/$name"
done
[ -s "$folder/operator_key" ] || echo "noah_op_$(random)" >"$folder/operator_key"
printf 'postgres:5432:noah:noah_owner:%s\npostgres:5432:noah:noah_app:%s\n' \
  "$(cat "$folder/owner_password")" "$(cat "$folder/app_password")" >"$folder/pgpass"
# Compose mounts the files with the permissions they have here, and the containers' users are others: the closed folder guards them.
chmod 644 "$folder"/*
echo "Secrets are in $(cd "$folder" && pwd)"
