#!/usr/bin/env bash
# Instruments the parsers with SharpFuzz and lets libFuzzer choose the inputs. CONTRIBUTING.md says what it needs.
#
#   tests/AutoDetectSim.Fuzzing/fuzz.sh --driver libfuzzer-dotnet.cc [--seconds 600] [--no-build] [TARGET...]
#
# The driver is libfuzzer-dotnet or its source, from https://github.com/Metalnem/libfuzzer-dotnet. With --no-build the instrumented parsers of
# the last call are used. Without TARGET all targets take their turn. What is found stays below artifacts/fuzzing; inputs that are faults make the exit code 1.
set -euo pipefail
cd "$(dirname "$0")/../.."

driver=
seconds=600
build=true
targets=()
while [ $# -gt 0 ]; do
    case $1 in
        --driver) driver=${2:?--driver needs a file}; shift 2 ;;
        --seconds) seconds=${2:?--seconds needs a number}; shift 2 ;;
        --no-build) build=false; shift ;;
        --help|-h) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
        -*) echo "$1: unknown option. Options: --driver FILE, --seconds NUMBER, --no-build." >&2; exit 2 ;;
        *) targets+=("$1"); shift ;;
    esac
done
if [ -z "$driver" ] || [ ! -f "$driver" ]; then
    echo "Give libfuzzer-dotnet or its source: --driver libfuzzer-dotnet.cc (https://github.com/Metalnem/libfuzzer-dotnet). Without it: dotnet run -c Release --project tests/AutoDetectSim.Fuzzing -- mutate TARGET" >&2
    exit 2
fi
case $seconds in *[!0-9]*|'') echo "--seconds: '$seconds' must be a whole number, for example 600." >&2; exit 2 ;; esac

work=$PWD/artifacts/fuzzing
mkdir -p "$work/crashes"
case $driver in
    *.cc)
        command -v clang >/dev/null || { echo "clang is missing: apt-get install clang libclang-rt-dev" >&2; exit 2; }
        clang -fsanitize=fuzzer "$driver" -o "$work/libfuzzer-dotnet"
        driver=$work/libfuzzer-dotnet ;;
    *) driver=$(realpath "$driver") ;;
esac

dotnet tool restore --verbosity quiet

if [ "$build" = true ]; then
    # What is instrumented cannot be instrumented again.
    rm -rf "$work/bin"
    dotnet publish tests/AutoDetectSim.Fuzzing -c Release -o "$work/bin" -v quiet --nologo -p:RunAnalyzers=false
    for assembly in "$work"/bin/AutoDetectSim*.dll "$work"/bin/YamlDotNet.dll; do
        [ "$(basename "$assembly")" = AutoDetectSim.Fuzzing.dll ] || dotnet sharpfuzz "$assembly"
    done
    touch "$work/bin/instrumented"
elif [ ! -f "$work/bin/instrumented" ]; then
    echo "--no-build: artifacts/fuzzing/bin has no instrumented parsers yet." >&2
    exit 2
fi

program=$work/bin/AutoDetectSim.Fuzzing
if [ ${#targets[@]} -eq 0 ]; then
    mapfile -t targets < <("$program" list | cut -d' ' -f1)
fi

result=0
for target in "${targets[@]}"; do
    echo "== $target"
    "$program" seeds "$target" "$work/corpus/$target"
    "$program" words "$target" > "$work/$target.dict"
    words=()
    [ ! -s "$work/$target.dict" ] || words=(-dict="$work/$target.dict")
    "$driver" --target_path="$program" --target_arg="$target" "${words[@]}" -artifact_prefix="$work/crashes/$target-" \
        -max_total_time="$seconds" -max_len=65536 -timeout=20 -report_slow_units=20 -print_final_stats=1 -verbosity=1 "$work/corpus/$target" > "$work/$target.log" 2>&1 || result=1
    grep -E 'stat::number_of_executed_units|stat::average_exec_per_sec|SUMMARY|Test unit written' "$work/$target.log" || tail -n 5 "$work/$target.log"
done

if [ "$result" -ne 0 ]; then
    echo "Faults: repeat one with: dotnet run -c Release --project tests/AutoDetectSim.Fuzzing -- TARGET FILE" >&2
    ls -l "$work/crashes" >&2
fi
exit "$result"
