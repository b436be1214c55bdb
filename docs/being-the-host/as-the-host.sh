#!/bin/sh
# Runs a command in a separate network, where a lab is the whole internet: DNS resolves its names to the lab, at their real ports, and
# nothing else can be reached. It needs no administrator and changes nothing on the computer (Linux: a user, network and mount namespace).
#
#   as-the-host.sh SCENARIO COMMAND [ARGUMENT..]
#
# The lab is started with `autodetectsim`, or with what $AUTODETECTSIM says. The command finds the lab's roots in $ROOT (PEM) and
# $TRUSTSTORE (PKCS #12), and in the variables by which most programs look for roots. The exit code is the command's, or the
# lab's where it cannot start.
set -eu
[ $# -ge 2 ] || { echo "usage: $0 SCENARIO COMMAND [ARGUMENT..]" >&2; exit 2; }
if [ -z "${AS_THE_HOST:-}" ]; then
    AS_THE_HOST=$(mktemp -d)
    export AS_THE_HOST
    trap 'rm -rf "$AS_THE_HOST"' EXIT
    unshare --map-root-user --net --mount sh "$0" "$@"
    exit
fi

ip link set lo up

# Names are asked of the lab and of nobody else: neither of a cache of the computer's, nor of systemd-resolved.
echo "nameserver 127.0.0.1" > "$AS_THE_HOST/resolv.conf"
mount --bind "$AS_THE_HOST/resolv.conf" "$(readlink -f /etc/resolv.conf)"
if [ -e /etc/nsswitch.conf ]; then
    sed 's/^hosts:.*/hosts: files dns/' /etc/nsswitch.conf > "$AS_THE_HOST/nsswitch.conf"
    mount --bind "$AS_THE_HOST/nsswitch.conf" /etc/nsswitch.conf
fi
if [ -e /run/nscd/socket ]; then
    mount --bind /dev/null /run/nscd/socket
fi

# .NET, and PowerShell with it, keeps the intermediates that it downloads; here it forgets them again.
kept=${HOME:-/}/.dotnet/corefx/cryptography/x509stores
if mkdir -p "$kept" 2> /dev/null; then
    mount -t tmpfs none "$kept"
fi

ready=$AS_THE_HOST/ready.json
${AUTODETECTSIM:-autodetectsim} run "$1" --standard-ports --dns-port 53 --ready-file "$ready" > "$AS_THE_HOST/log" 2>&1 &
lab=$!
trap 'kill $lab; wait $lab || true' EXIT
shift
until [ -e "$ready" ]; do
    if ! kill -0 $lab 2> /dev/null; then
        trap - EXIT
        cat "$AS_THE_HOST/log" >&2
        wait $lab
    fi
    sleep 0.1
done

ROOT=$(sed -n 's/.*"rootCertificate": "\(.*\)",*/\1/p' "$ready")
TRUSTSTORE=$(sed -n 's/.*"trustStore": "\(.*\)",*/\1/p' "$ready")
export ROOT TRUSTSTORE SSL_CERT_FILE="$ROOT" CURL_CA_BUNDLE="$ROOT" REQUESTS_CA_BUNDLE="$ROOT" NODE_EXTRA_CA_CERTS="$ROOT"
export JAVA_TOOL_OPTIONS="${JAVA_TOOL_OPTIONS:-} -Djavax.net.ssl.trustStore=$TRUSTSTORE -Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStorePassword="
unset AS_THE_HOST HTTPS_PROXY https_proxy HTTP_PROXY http_proxy ALL_PROXY all_proxy
"$@"
