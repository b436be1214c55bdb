#!/usr/bin/env bash
# usage: tests/AutoDetectSim.Benchmarks/run-all.sh [--quick]
# Runs every benchmark program beside its peer and prints one Markdown table with machine and date; docs/benchmarks.md says what
# each row measures. Progress goes to standard error. --quick takes a tenth of the samples, enough to see whether everything runs.
# Needs the .NET SDK, Node.js 20 or later, a C compiler and OpenSSL's headers (Debian: nodejs gcc libssl-dev).
set -euo pipefail
cd "$(dirname "$0")/../.."

handshakes=3000 attempts=2000 rounds=3 seconds=3
case ${1:-} in
    '') ;;
    --quick) handshakes=300 attempts=300 rounds=1 seconds=0.3 ;;
    *)
        sed -n '2,5s/^# //p' "$0" >&2
        exit 2
        ;;
esac

for program in dotnet node "${CC:-cc}" awk; do
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

processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
echo "Measured on $(date -u '+%Y-%m-%d %H:%M') UTC, commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown): ${processor:-$(uname -m)}," \
    "$(getconf _NPROCESSORS_ONLN) processors, $(uname -sr), load before $before; .NET $(dotnet --version), Node.js $(node --version)," \
    "$(openssl version 2>/dev/null | cut -d' ' -f1-2 || echo 'OpenSSL unknown').${1:+ Quick run: not for comparisons.}"
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
            printf "| detections | one-in-twenty, %d in flight, median of %d | %.0f/s | Node client, same lab | %.0f/s | %.2f |\n", c, NR, median[2], median[3], median[1]
        }'
done

awk -F ' *\\| *' '
    /^\| (p256|rsa)/ {
        printf "| handshakes | %s, %s in flight | %s | SslStream, same server | %s | %s |\n", $2, $3, $5, $6, $8
        printf "| handshakes | %s, %s in flight | %s | Node client, same server | %s | %s |\n", $2, $3, $5, $7, $9
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
