#!/bin/sh
# Creates the namespace, or sets the retention of an existing one. Safe to repeat.
# TEMPORAL_ADDRESS, NAMESPACE, RETENTION (how long the history of a closed case is kept).
# The search attributes are registered by `migrate`, which knows their names.
set -eu

: "${TEMPORAL_ADDRESS:?}" "${NAMESPACE:?}" "${RETENTION:?}"

create_or_update() {
  if temporal operator namespace describe --namespace "$NAMESPACE" >/dev/null; then
    temporal operator namespace update --namespace "$NAMESPACE" --retention "$RETENTION"
  else
    temporal operator namespace create --namespace "$NAMESPACE" --retention "$RETENTION"
  fi
}

# The last command proves that workflows can use the namespace, not only that it is written down.
ready() {
  temporal operator cluster health && create_or_update &&
    temporal workflow list --namespace "$NAMESPACE" --limit 1
}

# An open port is not yet a cluster that serves: its first seconds are spent joining, and reading
# the namespaces.
attempts_left=60
until output=$(ready 2>&1); do
  attempts_left=$((attempts_left - 1))
  if [ "$attempts_left" -eq 0 ]; then
    printf '%s\n' "$output" "namespace $NAMESPACE is not usable at $TEMPORAL_ADDRESS" >&2
    exit 1
  fi
  sleep 1
done
echo "namespace $NAMESPACE is ready, closed cases keep their history for $RETENTION"
