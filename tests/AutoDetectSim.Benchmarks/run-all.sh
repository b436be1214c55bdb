#!/usr/bin/env bash
# usage: tests/AutoDetectSim.Benchmarks/run-all.sh [--quick]
# Runs every benchmark program beside its peer and prints docs/performance.md: one table with machine and date, and the goals. docs/benchmarks.md
# says what each row measures. Progress goes to standard error. --quick takes fewer samples, enough to see whether everything runs.
# Needs the .NET SDK, Node.js 20 or later, a C compiler, OpenSSL's headers, hyperfine and jq (Debian: nodejs gcc libssl-dev hyperfine jq time).
set -euo pipefail
cd "$(dirname "$0")/../.."

handshakes=1000 attempts=1000 rounds=10 seconds=1 quick=
case ${1:-} in
    '') ;;
    --quick) handshakes=300 attempts=300 rounds=1 seconds=0.3 quick=--quick ;;
    *)
        sed -n '2,5s/^# //p' "$0" >&2
        exit 2
        ;;
esac

for program in dotnet node "${CC:-cc}" awk hyperfine jq; do
    command -v "$program" >/dev/null || {
        echo "run-all.sh needs $program on the path" >&2
        exit 2
    }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=tests/AutoDetectSim.Benchmarks

measure() { # measure NAME COMMAND..: keeps what the command prints; without it there is no table
    echo "$(date -u +%H:%M:%S) $1" >&2
    "${@:2}" >"$work/$1" 2>"$work/$1.errors" || {
        cat "$work/$1" "$work/$1.errors" >&2
        echo "run-all.sh: $1 failed" >&2
        exit 1
    }
}

measure build dotnet build "$folder" -c Release -v q -nologo
before=$(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown)
measure labs dotnet run -c Release --no-build --project "$folder" -- labs
measure detections "$folder/detections/run.sh" "$attempts" "$rounds"
measure handshakes dotnet run -c Release --no-build --project "$folder" -- handshakes "$handshakes"
measure validation "$folder/Validation/run.sh" --seconds "$seconds"
measure commands "$folder/commands/run.sh" $quick

page() {
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
echo "Measured on $(date -u '+%Y-%m-%d %H:%M') UTC, commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown): ${processor:-$(uname -m)}," \
    "$(getconf _NPROCESSORS_ONLN) processors, $(uname -sr), load before $before; .NET $(dotnet --version), Node.js $(node --version)," \
    "$(openssl version 2>/dev/null | cut -d' ' -f1-2 || echo 'OpenSSL unknown').${quick:+ Quick run: not for comparisons.}"
echo
echo "| program | case | ours | peer | peer's figure | ours : peer |"
echo "|---|---|---|---|---|---|"

awk -F ' *\\| *' '
    /^\| lab / || /^\|---/ { next }
    /^\|/ { printf "| labs | %s | start %s, first request %s, stop %s%s | none | | |\n", $2, $3, $4, $5, ($6 == "" ? "" : ", from process start " $6) }
    /^one node changed/ { sub(/^one node changed while the lab runs: /, ""); sub(/ \(medians.*/, ""); printf "| labs | one node changed while the lab runs | %s | none | | |\n", $0 }
    /^peak working set/ { sub(/^peak working set: /, ""); printf "| labs | peak working set of the run | %s | none | | |\n", $0 }
' "$work/labs"

# The median round by ratio, since a busy machine slows both down alike.
for concurrency in 1 16; do
    sed -nE "s/^concurrency +$concurrency, round [0-9]+: ours +([0-9.]+)\/s, Node +([0-9.]+)\/s, ratio ([0-9.]+)$/\3 \1 \2/p" "$work/detections" | sort -n |
        awk -v c="$concurrency" '{ line[NR] = $0 } END {
            if (NR == 0) { print "run-all.sh: no detections with concurrency " c > "/dev/stderr"; exit 1 }
            split(line[int((NR + 1) / 2)], median, " ")
            split(line[1], worst, " ")
            printf "| detections | one-in-twenty, %d in flight, median of %d | %.0f/s | Node client, same lab | %.0f/s | %.2f |\n", c, NR, median[2], median[3], median[1]
            printf "| detections | one-in-twenty, %d in flight, worst of %d | %.0f/s | Node client, same lab | %.0f/s | %.2f |\n", c, NR, worst[2], worst[3], worst[1]
        }'
done

awk -F ' *\\| *' '
    /^\| (p256|rsa)/ {
        printf "| handshakes | %s, %s in flight | %s | SslStream, same server | %s | %s |\n", $2, $3, $5, $6, $8
        printf "| handshakes | %s, %s in flight | %s | Node client, same server | %s | %s |\n", $2, $3, $5, $7, $9
        printf "| handshakes | %s, %s in flight, processor time of both ends | %s | none | | |\n", $2, $3, $10
        rows++
    }
    END { if (rows != 8) { print "run-all.sh: " rows + 0 " rows of handshakes instead of 8" > "/dev/stderr"; exit 1 } }
' "$work/handshakes"

awk -F ' *\\| *' '
    /^\| (P-256|RSA-2048) / {
        printf "| validation | %s, nothing remembered | %s | X509_verify_cert, chain parsed | %s | %s |\n", $2, $5, $3, $7
        printf "| validation | %s, same bytes again | %s | X509_verify_cert, chain parsed | %s | %s |\n", $2, $6, $3, $8
        rows++
    }
    END { if (rows != 2) { print "run-all.sh: " rows + 0 " rows of validation instead of 2" > "/dev/stderr"; exit 1 } }
' "$work/validation"

cat "$work/commands"
}

goal() { # goal TEXT FIELD MATCH COMPARISON LIMIT: holds the first number of a column of the row that begins like this to a limit
    awk -F ' *\\| *' -v text="$1" -v field="$2" -v match_="$3" -v comparison="$4" -v limit="$5" '
        index($0, match_) == 1 && !done {
            value = $field; sub(/[^0-9.].*/, "", value); done = 1
            met = comparison == "at least" ? value + 0 >= limit : value + 0 <= limit
            miss = comparison == "at least" ? limit / value : value / limit
            printf "| %s | %s | %s |\n", text, $field, met ? "met" : sprintf("missed by a factor of %.2f", miss)
        }' "$work/page"
}

echo "# Performance"
echo
echo "<!-- written by tests/AutoDetectSim.Benchmarks/run-all.sh > docs/performance.md; do not edit -->"
echo
echo "Where a figure has a peer, it was measured in the same run: a busy machine slows both down alike. [Benchmarks](benchmarks.md) says what each row"
echo "measures, how to run it, and where the time goes; ranges in parentheses are the fastest and the slowest run."
echo
page | tee "$work/page"
echo
echo "## Goals"
echo
echo "| goal | measured | |"
echo "|---|---|---|"
goal "\`--version\` in at most 80 ms" 4 "| start | --version |" "at most" 80
goal "a first detection of one-in-twenty, as a whole command, in at most 500 ms" 4 "| start | detect once" "at most" 500
goal "a 20-node lab in at most 60 MB of private memory" 4 "| memory | 20-node lab" "at most" 60
goal "detections at least 2.5 times as fast as Node's client, one at a time (median)" 7 "| detections | one-in-twenty, 1 in flight, median" "at least" 2.5
goal "detections at least 2.5 times as fast as Node's client, 16 at a time (median)" 7 "| detections | one-in-twenty, 16 in flight, median" "at least" 2.5
goal "both ends of a TLS connection in at most 0.7 ms of processor time, one at a time" 4 "| handshakes | p256, TLS 1.3, 1 in flight, processor" "at most" 0.7
goal "both ends of a TLS connection in at most 0.7 ms of processor time, 16 at a time" 4 "| handshakes | p256, TLS 1.3, 16 in flight, processor" "at most" 0.7
goal "\`test scenarios\` in at most 20 s of processor time" 4 "| library |" "at most" 20
goal "\`verify --batch\` on all cores of two in at most 0.56 of the time of one (1.8 times the rate)" 7 "| verify |" "at most" 0.56
goal "\`console\` listens at most 300 ms later than \`run\`" 4 "| start | console, later" "at most" 300
