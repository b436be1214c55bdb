#!/usr/bin/env bash
# The shell part of the action: its inputs are in ADS_* variables, and each becomes one argument, whatever is in it.
set -euo pipefail

program="$GITHUB_ACTION_PATH/../../../src/AutoDetectSim.Cli/bin/Release/net10.0/AutoDetectSim.Cli.dll"

refuse() { # refuse SENTENCE: the sentence has nothing of an input in it
    printf '::error title=AutoDetectSim::%s\n' "$1"
    finish 2
}

finish() { # finish EXITCODE
    printf 'exit-code=%s\n' "$1" >> "$GITHUB_OUTPUT"
    exit "$1"
}

items=()
read_items() { # read_items TEXT: the lines that are not empty, into items
    local line
    items=()
    while IFS= read -r line || [ -n "$line" ]; do
        line="${line%$'\r'}"
        if [ -n "$line" ]; then
            items+=("$line")
        fi
    done <<< "$1"
}

# An option that was left out adds no argument; bash 3.2 (macOS) takes an empty array for an unset variable.
arguments=("$ADS_COMMAND" --github)
[ -z "$ADS_JUNIT" ] || arguments+=("--junit=$ADS_JUNIT")
case "$ADS_COMMAND" in
    test)
        if [ -n "$ADS_ADAPTER$ADS_PACKS$ADS_TOOL$ADS_REPORT" ] || [ "$ADS_ALLOW_KNOWN" = true ]; then
            refuse 'The inputs adapter, packs, tool, report and allow-known require command: regress.'
        fi
        read_items "$ADS_PATHS"
        if [ ${#items[@]} -eq 0 ]; then
            refuse 'The input paths is empty: name scenario files, folders, or scenarios of the library, one per line.'
        fi
        arguments+=(-- "${items[@]}")
        ;;
    regress)
        if [ -n "$ADS_PATHS" ]; then
            refuse 'The input paths requires command: test. Name worlds for regress in packs.'
        fi
        [ -z "$ADS_ADAPTER" ] || arguments+=("--adapter=$ADS_ADAPTER")
        [ -z "$ADS_REPORT" ] || arguments+=("--report=$ADS_REPORT")
        case "$ADS_ALLOW_KNOWN" in
            true) arguments+=(--allow-known) ;;
            false | '') ;;
            *) refuse 'The input allow-known must be true or false.' ;;
        esac
        read_items "$ADS_PACKS"
        for pack in ${items[@]+"${items[@]}"}; do
            arguments+=("--pack=$pack")
        done
        read_items "$ADS_TOOL"
        arguments+=(-- ${items[@]+"${items[@]}"})
        ;;
    *)
        refuse 'The input command must be test or regress.'
        ;;
esac

status=0
dotnet "$program" "${arguments[@]}" || status=$?
finish "$status"
