#!/usr/bin/env bash
# Builds the scanners that the tests run into .cache/scanners, of the versions that stand here: Go modules and npm packages with their lock
# files. `SIGNALBOX_SCANNERS=all`: also Trivy, which takes longer to build than the others together.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p ../../../.cache/scanners
built=$(cd ../../../.cache/scanners && pwd)

command -v go >/dev/null || { echo 'The scanners need Go 1.26.5 or newer to be built and run: https://go.dev/dl' >&2; exit 1; }

# Does its work once for the same inputs: as $1, made of the files $2…
unless_built() {
  local name=$1 made
  shift
  made=$(cat "$@" build.sh | sha256sum)
  [ "$(cat "$built/$name.made" 2>/dev/null)" = "$made" ] && return
  echo "scanner: $name"
  rm -f "$built/$name.made"
  "make_$name" </dev/null
  echo "$made" > "$built/$name.made"
}

# In folder $1, the package $2 as $3.
go_build() { GOWORK=off CGO_ENABLED=0 go build -C "$1" -trimpath -ldflags='-s -w' -o "$built/$3" "$2"; }

make_gosec() { go_build gosec github.com/securego/gosec/v2/cmd/gosec gosec; }
make_gitleaks() { go_build gitleaks github.com/zricethezav/gitleaks/v8 gitleaks; }
make_osv_scanner() { go_build osv-scanner github.com/google/osv-scanner/v2/cmd/osv-scanner osv-scanner; }
make_trivy() {
  # It parses JSON with what is still an experiment of Go's.
  GOEXPERIMENT=jsonv2 go_build trivy github.com/aquasecurity/trivy/cmd/trivy trivy
  go_build trivy ./database trivy-database
}
make_eslint() {
  mkdir -p "$built/eslint"
  cp eslint/* "$built/eslint"
  npm ci --prefix "$built/eslint" --no-audit --no-fund --loglevel=error
}

unless_built eslint eslint/*
unless_built gitleaks gitleaks/go.*
unless_built gosec gosec/go.*
unless_built osv_scanner osv-scanner/go.*
[ "${SIGNALBOX_SCANNERS:-}" != all ] || unless_built trivy trivy/go.* trivy/database/main.go
