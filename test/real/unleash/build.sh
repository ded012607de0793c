#!/usr/bin/env bash
# Installs Unleash into .cache/unleash, of the version that the lock file has.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p ../../../.cache/unleash
built=$(cd ../../../.cache/unleash && pwd)
made=$(cat package.json package-lock.json database.mjs build.sh | sha256sum)
[ "$(cat "$built/made" 2>/dev/null)" = "$made" ] && exit
echo 'server: unleash'
rm -f "$built/made"
cp package.json package-lock.json database.mjs "$built"
# The peers of the socket are for extensions of PostgreSQL that nothing here asks for; scripts of packages have no business here.
SCARF_ANALYTICS=false npm ci --prefix "$built" --legacy-peer-deps --ignore-scripts --no-audit --no-fund --loglevel=error
echo "$made" > "$built/made"
