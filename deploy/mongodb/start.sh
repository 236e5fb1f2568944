#!/bin/sh
# Starts the official image's own entry point with the key file that MongoDB demands of a replica
# set with logins. The key comes as MONGODB_KEY and is kept in memory only (a tmpfs).
set -eu

: "${MONGODB_KEY:?}"
key_file=/run/mongodb/key

(umask 077 && printf '%s' "$MONGODB_KEY" >"$key_file")
chown mongodb:mongodb /run/mongodb "$key_file"
unset MONGODB_KEY

exec docker-entrypoint.sh "$@" --keyFile "$key_file"
