#!/usr/bin/env bash
# usage: tests/AutoDetectSim.Benchmarks/detections/run.sh [ATTEMPTS] [ROUNDS]
# Detections per second of one-in-twenty: the lab's AutoDetect, and Node's own client making the same calls against the same
# nodes of the same lab, in turn, both after a warm-up.
set -euo pipefail
cd "$(dirname "$0")/../../.."
attempts=${1:-2000}
rounds=${2:-3}
work=$(mktemp -d)
lab=
trap '[ -z "$lab" ] || kill "$lab" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT

dotnet build src/AutoDetectSim.Cli -c Release -v q -nologo >/dev/null
cli=src/AutoDetectSim.Cli/bin/Release/net10.0/AutoDetectSim.Cli.dll
ready=$work/ready.json
dotnet "$cli" run scenarios/one-in-twenty.yaml --ready-file "$ready" >/dev/null 2>&1 & lab=$!
until [ -e "$ready" ]; do sleep 0.05; done
value() { grep -o "\"$1\": \"[^\"]*" "$ready" | head -1 | cut -d'"' -f4; }
rate() { sed -E 's/.*"detectionsPerSecond":([0-9.]+).*/\1/'; }
ours() { dotnet "$cli" detect your@contoso.com --url "$(value detectUrl)" --proxy "$(value gateway)" --ca "$(value rootCertificate)" --attempts "$1" --concurrency "$2" --json | rate || true; }
node() { command node tests/AutoDetectSim.Benchmarks/detections/detect.mjs "$ready" your@contoso.com "$1" "$2" | rate; }

ours 2000 16 >/dev/null
node 500 16 >/dev/null
for concurrency in 1 16; do
    for round in $(seq "$rounds"); do
        o=$(ours "$attempts" "$concurrency")
        n=$(node "$attempts" "$concurrency")
        awk -v c="$concurrency" -v r="$round" -v o="$o" -v n="$n" 'BEGIN { printf "concurrency %2d, round %d: ours %7.1f/s, Node %7.1f/s, ratio %.2f\n", c, r, o, n, o / n }'
    done
done
