#!/usr/bin/env bash
# usage: tests/AutoDetectSim.Benchmarks/detections/run.sh [ATTEMPTS] [ROUNDS]
# Detections per second of one-in-twenty: ours, and Node's client making the same calls against the same nodes, in turn.
set -euo pipefail
cd "$(dirname "$0")/../../.."
attempts=${1:-2000}
rounds=${2:-3}
scenario=scenarios/one-in-twenty.yaml
work=$(mktemp -d)
lab=
trap '[ -z "$lab" ] || kill "$lab" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT

dotnet build src/AutoDetectSim.Cli -c Release -v q -nologo >/dev/null
cli=src/AutoDetectSim.Cli/bin/Release/net10.0/AutoDetectSim.Cli.dll
rate() { sed -E 's/.*"detectionsPerSecond":([0-9.]+).*/\1/'; }

for concurrency in 1 16; do
    for round in $(seq "$rounds"); do
        ours=$(dotnet "$cli" detect your@contoso.com --scenario $scenario --attempts "$attempts" --concurrency $concurrency --json | rate || true)
        rm -f "$work/ready.json"
        dotnet "$cli" run $scenario --ready-file "$work/ready.json" 2>/dev/null & lab=$!
        until [ -e "$work/ready.json" ]; do sleep 0.05; done
        # As many calls again as are measured, so that the lab's code is as warm as Node's.
        node tests/AutoDetectSim.Benchmarks/detections/detect.mjs "$work/ready.json" your@contoso.com 400 16 >/dev/null
        node=$(node tests/AutoDetectSim.Benchmarks/detections/detect.mjs "$work/ready.json" your@contoso.com "$attempts" $concurrency | rate)
        kill $lab; wait $lab 2>/dev/null || true; lab=
        awk -v c=$concurrency -v r="$round" -v o="$ours" -v n="$node" 'BEGIN { printf "concurrency %2d, round %d: ours %7.1f/s, Node %7.1f/s, ratio %.2f\n", c, r, o, n, o / n }'
    done
done
