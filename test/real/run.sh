#!/usr/bin/env bash
# Installs the real servers that the tests start, builds the scanners, and runs the tests. Debian's packages, as root or with sudo.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Each as its program, and `=` its package where that has another name.
install() {
  local missing=()
  for name in "$@"; do command -v "${name%%=*}" >/dev/null || missing+=("${name##*=}"); done
  [ ${#missing[@]} -eq 0 ] && return
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  "${root[@]}" apt-get update -qq
  # The tests start what they need on ports of their own.
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

install chromium prometheus prometheus-alertmanager influxd=influxdb carbon-cache=graphite-carbon graphite-manage=graphite-web nginx zip git
test/real/scanners/build.sh
test/real/unleash/build.sh
npx vitest run --config vitest.real.config.ts
