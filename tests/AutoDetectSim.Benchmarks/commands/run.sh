#!/usr/bin/env bash
# usage: tests/AutoDetectSim.Benchmarks/commands/run.sh [--quick]
# Whole commands beside their peers: cold start of the installed tool (compiled ahead of time where the feed has the compiler, else as built),
# memory of a running lab, verify --batch on one core and on all, growth with nodes. Prints rows of Markdown.
# Needs hyperfine, jq, node, taskset and GNU time (Debian: hyperfine jq nodejs util-linux time), and Linux for the memory of processes.
set -euo pipefail
cd "$(dirname "$0")/../../.."
runs=10 few=3 many=10000
[ "${1:-}" != --quick ] || { runs=3; few=1; many=1000; }
for program in dotnet node hyperfine jq taskset /usr/bin/time; do
    command -v "$program" >/dev/null || { echo "commands/run.sh needs $program" >&2; exit 2; }
done

work=$(mktemp -d)
lab=
trap '[ -z "$lab" ] || kill "$lab" 2>/dev/null || true; wait 2>/dev/null; rm -rf "$work"' EXIT
export AUTODETECTSIM_DATA=$work/data DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# The tool as users install it.
kind="compiled ahead of time"
dotnet pack src/AutoDetectSim.Cli -c Release -p:ToolRuntimes=linux-x64 -o "$work/packages" -v q >"$work/pack.log" 2>&1 || {
    kind="not compiled ahead of time: the feed lacks the compiler"
    dotnet pack src/AutoDetectSim.Cli -c Release -o "$work/packages" -v q >"$work/pack.log" 2>&1 || { cat "$work/pack.log" >&2; exit 1; }
}
echo "<configuration><packageSources><clear /><add key=\"p\" value=\"$work/packages\" /></packageSources></configuration>" >"$work/nuget.config"
NUGET_PACKAGES=$work/cache dotnet tool install AutoDetectSim.Cli --tool-path "$work/tool" --configfile "$work/nuget.config" >/dev/null
ours=$work/tool/autodetectsim
echo "The tool: $kind." >&2

# The smallest .NET console program.
mkdir "$work/console"
echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>' >"$work/console/console.csproj"
echo 'if (args.Length > 0) System.Console.ReadLine();' >"$work/console/Program.cs"
dotnet build "$work/console" -c Release -o "$work/console/out" -v q >/dev/null
console=$work/console/out/console

row() { printf '| %s | %s | %s | %s | %s | %s |\n' "$@"; }
milliseconds() { jq -r ".results[$2] | \"\(.median * 1000 | round) ms (\(.min * 1000 | round) to \(.max * 1000 | round)), \((.user + .system) * 1000 | round) ms of processor time\"" "$1"; }
ratio() { jq -r "(.results[$2].median / .results[$3].median * 100 | round) / 100" "$1"; }

compare() { # compare CASE COMMAND: beside Node.js and a console program, in the same run
    local json=$work/compare.json
    hyperfine -N -i --warmup 2 --runs "$runs" --export-json "$json" "$2" "node -e 0" "$console" >/dev/null 2>&1
    row start "$1" "$(milliseconds "$json" 0)" "node -e 0" "$(milliseconds "$json" 1)" "$(ratio "$json" 0 1)"
    row start "$1" "$(milliseconds "$json" 0)" "smallest .NET console program" "$(milliseconds "$json" 2)" "$(ratio "$json" 0 2)"
}

compare "--version" "$ours --version"
compare "detect once in one-in-twenty, whole command" "$ours detect your@contoso.com --scenario one-in-twenty --json"

until_ready() { # until_ready COMMAND..: milliseconds from the start of the process until its ready file exists
    local file=$work/until.json began=$EPOCHREALTIME ended
    "$@" --ready-file "$file" >/dev/null 2>&1 & lab=$!
    until [ -e "$file" ]; do sleep 0.005; done
    ended=$EPOCHREALTIME
    kill "$lab"; wait "$lab" 2>/dev/null || true; lab=
    echo $(((${ended/./} - ${began/./}) / 1000))
}
for ((round = 0; round < runs; round++)); do
    echo "$(until_ready "$ours" console one-in-twenty) $(until_ready "$ours" run one-in-twenty)"
done >"$work/ready.txt"
median() { awk -v column="$1" '{ print column == 3 ? $1 - $2 : $column }' "$work/ready.txt" | sort -n | awk '{ all[NR] = $1 } END { printf "%d ms (%d to %d)", all[int((NR + 1) / 2)], all[1], all[NR] }'; }
row start "console one-in-twenty, until it listens" "$(median 1)" "run one-in-twenty, until it listens" "$(median 2)" ""
row start "console, later than run" "$(median 3)" none "" ""

# What the process alone holds. Pages of files that it maps and does not change are the system's, and counted as private only while nobody else maps them.
private() { awk '/^Private_Dirty/ { kb += $2 } END { printf "%.0f MB", kb / 1024 }' "/proc/$1/smaps_rollup"; }
"$ours" run one-in-twenty --ready-file "$work/ready.json" >/dev/null 2>&1 & lab=$!
until [ -e "$work/ready.json" ]; do sleep 0.05; done
value() { grep -o "\"$1\": \"[^\"]*" "$work/ready.json" | head -1 | cut -d'"' -f4; }
curl -s --proxy "$(value gateway)" --cacert "$(value rootCertificate)" -H 'x-email: your@contoso.com' "$(value detectUrl)?services=office365" >/dev/null
memory=$(private "$lab")
kill "$lab"; wait "$lab" 2>/dev/null || true; lab=
mkfifo "$work/hold"
exec 9<>"$work/hold"
node -e 'setTimeout(() => {}, 1e6)' & nodePid=$!
"$console" wait <&9 & consolePid=$!
sleep 1
row memory "20-node lab after one detection, private" "$memory" "node -e 0, kept alive" "$(private "$nodePid")" ""
row memory "20-node lab after one detection, private" "$memory" "smallest .NET console program" "$(private "$consolePid")" ""
kill "$nodePid" "$consolePid"; wait "$nodePid" "$consolePid" 2>/dev/null || true

# Different chains, since the batch remembers what it has seen.
dotnet run -c Release --project tests/AutoDetectSim.Benchmarks -- chains "$many" >"$work/batch.jsonl"
hyperfine -N -i --runs "$few" --export-json "$work/batch.json" "taskset -c 0 $ours verify --batch $work/batch.jsonl" "$ours verify --batch $work/batch.jsonl" >/dev/null 2>&1
row verify "--batch of $many fresh chains, all cores" "$(milliseconds "$work/batch.json" 1)" "the same on one core" "$(milliseconds "$work/batch.json" 0)" "$(ratio "$work/batch.json" 1 0)"

cpu() { /usr/bin/time -f '%U %S %M' -o "$work/time" "$@" >/dev/null 2>&1 || true; tail -1 "$work/time" | awk '{ printf "%.1f s of processor time, %.0f MB", $1 + $2, $3 / 1024 }'; }
row library "test scenarios (each also without its fault)" "$(cpu "$ours" test scenarios)" none "" ""
nodes() { sed "s/ex{02..20}/ex{00002..$(printf %05d "$1")}/" scenarios/one-in-twenty.yaml | sed '/^expect:/,$d' >"$work/nodes.yaml"; }
for count in 1000 10000; do
    nodes "$count"
    row growth "detect --attempts 1000, $count nodes" "$(cpu "$ours" detect your@contoso.com --scenario "$work/nodes.yaml" --attempts 1000 --json)" none "" ""
done
for count in 20 1000; do
    nodes "$count"
    row growth "detect --fix all, $count nodes with one fault" "$(cpu "$ours" detect your@contoso.com --scenario "$work/nodes.yaml" --attempts 40 --fix all --json)" none "" ""
done
