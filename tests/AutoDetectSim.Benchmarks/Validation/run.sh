#!/bin/sh
# Measures the strict validator beside OpenSSL's X509_verify_cert, in one run. Needs a C compiler and OpenSSL's headers
# (Debian: gcc libssl-dev). Arguments go to the comparison, for example: --seconds 3
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${CC:-cc}" -O2 -Wall -Wextra -o "$folder/x509_verify_cert" "$here/peers/x509_verify_cert.c" -lcrypto
dotnet run -c Release --project "$here" -- validation --peer "$folder/x509_verify_cert" "$@"
