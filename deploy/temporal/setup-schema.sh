#!/bin/sh
# Creates Temporal's two PostgreSQL databases, or brings them up to this server version's schema.
# Safe to repeat: each step leaves alone what is there. Connection: SQL_HOST, SQL_PORT, SQL_USER,
# SQL_PASSWORD, SQL_PLUGIN (temporal-sql-tool reads them itself).
set -eu

schema_dir=${SCHEMA_DIR:-/etc/temporal/schema/postgresql/v12}

# $1 database, $2 its folder in the schema directory
set_up() {
  temporal-sql-tool --database "$1" create-database
  temporal-sql-tool --database "$1" setup-schema --version 0.0
  temporal-sql-tool --database "$1" update-schema --schema-dir "$schema_dir/$2/versioned"
}

set_up temporal temporal
set_up temporal_visibility visibility
