#!/bin/sh
# usage: first-probe.sh HOST
# Says OK, or FAIL and why; exit code 0 or 1.
if complaint=$(curl -sS -o /dev/null "https://$1/" 2>&1); then
    echo "OK $1"
else
    echo "FAIL $1: $complaint"
    exit 1
fi
