# What the benchmarks share. A benchmark is an executable bench/NAME/run whose second line says what it measures, and
# which begins with
#
#   # shellcheck source=bench/common/bench.bash
#   source "$(dirname "$0")/../common/bench.bash"
#
# What follows that line runs as root in a network namespace of its own, with the release build as $cheetah, an empty
# folder as $folder and the first argument, or 5, as $rounds; with `add` behind it the rounds are added to those that
# bench/results has. It starts servers, each pinned to the server's core, lets
# `on_client` run clients on the other, and notes each figure with `note`. When it ends, everything it has started
# ends, and medians, spread and ratios are printed and written to bench/results/NAME.json and NAME.svg.
#
# `bench_groups` (default: build test bench) are the groups of scripts/setup that are needed, and may be set before.
set -euo pipefail

name=$(basename "$(dirname "$0")")

if [ -z "${bench_inside-}" ]; then
  self=$(realpath "$0")
  cd "$(dirname "$self")/../.."
  PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
  [ "$(id -u)" = 0 ] || { echo "bench: needs root: sudo scripts/bench $name" >&2 && exit 1; }
  # shellcheck disable=SC2086
  scripts/setup ${bench_groups:-build test bench}
  swift build -c release --product cheetah
  # Some benchmarks bring a program of their own.
  [ -z "${bench_product-}" ] || swift build -c release --product "$bench_product"
  cheetah=$(swift build -c release --product cheetah --show-bin-path)/cheetah
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  # Servers that run as another user must get at the files.
  chmod 755 "$folder"
  rounds=${1:-5}
  export cheetah folder rounds bench_inside=yes PATH
  : >"$folder/figures"
  status=0
  scripts/netns run --no-tap -- "$self" "$@" || status=$?
  if [ "$status" != 0 ]; then
    tail -n 20 "$folder/servers.log" >&2 2>/dev/null || true
    exit "$status"
  fi
  verb=write
  [ "${2-}" != add ] || verb=add
  [ ! -s "$folder/figures" ] || /usr/bin/python3 bench/common/figures.py "$verb" "$name" "$folder/figures" bench/results
  exit
fi

readonly server_core=0 client_core=1
processes=()
namespaces=()
trap 'kill "${processes[@]}" 2>/dev/null || true; kill -KILL "${namespaces[@]}" 2>/dev/null || true' EXIT

# Runs a client: on_client COMMAND ...
on_client() {
  taskset -c "$client_core" "$@"
}

# Notes a figure: note METRIC GROUP SERVER FIGURE, for example note requests/s 'keep-alive 1 KB' nginx 81234.
note() {
  printf '%s\t%s\t%s\t%s\n' "$@" >>"$folder/figures"
}

# A file of so many bytes in the site that the servers serve: document NAME BYTES.
document() {
  mkdir -p "$(dirname "$folder/site/$1")"
  head -c "$2" /dev/zero | tr '\0' x >"$folder/site/$1"
  chmod -R a+rX "$folder/site"
}

# Packs the site: pack_site NAME [OPTION ...].
pack_site() {
  "$cheetah" pack "$folder/site" -o "$folder/$1.cheetah" --quiet "${@:2}"
}

# Starts a server that makes a TAP of its own: on_tap TAP KERNEL-ADDRESS COMMAND ...
on_tap() {
  local tap=$1 address=$2 server
  shift 2
  taskset -c "$server_core" "$@" 2>>"$folder/servers.log" &
  server=$!
  processes+=("$server")
  until ip link show dev "$tap" >/dev/null 2>&1; do
    kill -0 "$server" 2>/dev/null || { echo "bench: $* did not start" >&2 && return 1; }
    sleep 0.02
  done
  ip address add "$address" dev "$tap"
  ip link set dev "$tap" up
}

# Starts Cheetah with what pack_site has packed, at 10.9.NUMBER.2: cheetah_on_tap NUMBER NAME [OPTION ...].
cheetah_on_tap() {
  on_tap "cheetah$1" "10.9.$1.1/24" "$cheetah" serve "$folder/$2.cheetah" --tap "cheetah$1" \
    --address "10.9.$1.2/24" --quiet "${@:3}"
}

# Takes down what a server answers, head and body, for a reflector to say the same, and prints where it stands:
# answer_of URL [fin], with fin where the connection is to be closed behind it.
answer_of() {
  local file options=()
  file=$(mktemp -p "$folder")
  [ "${2-}" != fin ] || options=(--header 'Connection: close')
  await_servers "$1"
  curl --silent --show-error --fail --include --output "$file" "${options[@]}" "$1"
  printf '%s\n' "$file"
}

# Starts the stateless reflector with an answer, or with a body of so many bytes behind the least head there can be, at
# 10.9.NUMBER.2: limit_on_tap NUMBER FILE|BYTES [fin].
limit_on_tap() {
  [ -x "$folder/tap_reflector" ] || cc -O2 -o "$folder/tap_reflector" bench/limit/tap_reflector.c
  on_tap "limit$1" "10.9.$1.1/24" "$folder/tap_reflector" "limit$1" "10.9.$1.2" "${@:2}"
}

# Starts a server on the kernel's TCP in a namespace of its own, behind a veth pair, at 10.8.NUMBER.2:
# over_veth NUMBER COMMAND ...
over_veth() {
  local number=$1 server
  shift
  # shellcheck disable=SC2016
  # A process namespace ends with its first process, whatever the server has started, and as whom.
  taskset -c "$server_core" unshare --net --pid --fork --kill-child --mount-proc -- bash -c '
    until ip link set dev eth0 up 2>/dev/null; do sleep 0.02; done
    ip link set dev lo up
    ip address add "$1" dev eth0
    shift
    "$@" &
    wait' bash "10.8.$number.2/24" "$@" >>"$folder/servers.log" 2>&1 &
  server=$!
  namespaces+=("$server")
  until [ "$(readlink "/proc/$server/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
  ip link add "veth$number" type veth peer name eth0 netns "$server"
  ip address add "10.8.$number.1/24" dev "veth$number"
  ip link set dev "veth$number" up
}

# Starts Cheetah on a packet socket behind a veth pair, with the kernel's side at 10.7.NUMBER.1, at 10.7.NUMBER.2:
# cheetah_on_packets NUMBER NAME [OPTION ...].
cheetah_on_packets() {
  on_packets "$1" "$cheetah" serve "$folder/$2.cheetah" --interface "pb$1" --address "10.7.$1.2/24" --quiet "${@:3}"
}

# Starts the stateless reflector on the same rings, or sending messages as Cheetah does there:
# limit_on_packets NUMBER FILE|BYTES [fin|keep] [messages].
limit_on_packets() {
  [ -x "$folder/packet_reflector" ] || cc -O2 -o "$folder/packet_reflector" bench/limit/packet_reflector.c
  on_packets "$1" "$folder/packet_reflector" "pb$1" "10.7.$1.2" "${@:2}"
}

# Starts a server on the far end of a veth pair: on_packets NUMBER COMMAND ...
on_packets() {
  ip link add "pa$1" type veth peer name "pb$1"
  ip address add "10.7.$1.1/24" dev "pa$1"
  ip link set dev "pa$1" up
  ip link set dev "pb$1" up
  taskset -c "$server_core" "${@:2}" 2>>"$folder/servers.log" &
  processes+=($!)
}

# Starts nginx with one worker and no log on the site: nginx_over_veth NUMBER SENDFILE (on or off).
nginx_over_veth() {
  local number=$1 configuration=$folder/nginx$1.conf
  cat >"$configuration" <<TEXT
daemon off; worker_processes 1; pid $folder/nginx$number.pid; error_log $folder/servers.log;
events { worker_connections 4096; }
http {
  access_log off; sendfile $2; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100;
  default_type text/html;
  server { listen 80 backlog=4096; root $folder/site; }
}
TEXT
  over_veth "$number" nginx -c "$configuration"
}

# Waits until each address answers: await_servers URL ...
await_servers() {
  local url
  for url in "$@"; do
    curl --silent --show-error --fail --retry 100 --retry-all-errors --retry-delay 0 --retry-max-time 15 \
      --connect-timeout 1 --output /dev/null "$url" 2>>"$folder/servers.log" ||
      { echo "bench: $url does not answer" >&2 && return 1; }
  done
}

# Processor time of the whole machine so far, in hundredths of a second: all but idling and waiting.
busy() {
  awk '/^cpu / { print $2 + $3 + $4 + $7 + $8 }' /proc/stat
}

# Sets `order` to the arguments, beginning with another in each `round` and backwards in every second, so that nobody always
# follows the same: whoever comes after a client with a connection for each request finds a kernel that is still clearing up.
take_turns() {
  local entry forward=("${@:round % $# + 1}" "${@:1:round % $#}")
  order=()
  for entry in "${forward[@]}"; do
    if ((round % 2)); then order=("$entry" "${order[@]}"); else order+=("$entry"); fi
  done
}

# Runs a client that prints a rate and a number of requests, and notes the rate and the processor time of the whole
# machine, client included, per request: measure GROUP SERVER CLIENT ...
measure() {
  local before after rate count
  before=$(busy)
  read -r rate count < <("${@:3}") || { echo "bench: no answer from $2 to: ${*:3}" >&2 && return 1; }
  after=$(busy)
  note 'requests/s' "$1" "$2" "$rate"
  note 'µs of processor per request' "$1" "$2" "$(awk "BEGIN { print ($after - $before) * 10000 / $count }")"
}

# The clients that people use: wrk with 32 connections that stay, ab with one for each request. Each prints requests per
# second and requests; answers that are none stop the benchmark.
keep_alive() {
  on_client wrk -t1 -c32 -d"${2:-2}"s "$1" | awk '
    /^Requests\/sec/ { rate = $2 }
    / requests in / { count = $1 }
    /Non-2xx/ { bad = 1 }
    END { if (bad || count == 0) exit 1; print rate, count }'
}
per_request() {
  on_client ab -q -r -n "${2:-20000}" -c 32 "$1" 2>/dev/null | awk '
    /^Requests per second/ { rate = $4 }
    /^Complete requests/ { count = $3 }
    /^(Non-2xx responses|Failed requests)/ { bad += $3 }
    END { if (bad || count == 0) exit 1; print rate, count }'
}
