# shellcheck shell=bash
# What the network tests share. A test is an executable beside this file that begins with
#
#   . "$(dirname "$0")/common.sh"
#   enter "$@"
#
# and continues in a fresh network namespace with the kernel's side of the TAP `cheetah0` at 10.9.0.1/24. There it has
# `$cheetah`, the release build of the command, and `$folder`, a directory that is gone afterwards. It makes checks with
# `check` and ends with `report`, whose line `N passed, M failed` is what scripts/test counts.
set -euo pipefail
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
site=http://10.9.0.2
passed=0
failed=0
server=
summary=

# Builds, makes the namespace and starts the test again in it. Options of scripts/netns may follow, as in
# `enter "$@" -- --no-tap`; what stands before the dashes are the test's own arguments.
enter() {
  cd "$root"
  if [ "${CHEETAH_INSIDE-}" = "$0" ]; then return; fi
  local arguments=() options=()
  while (($# > 0)); do
    if [ "$1" = -- ]; then shift && options=("$@") && break; fi
    arguments+=("$1")
    shift
  done
  scripts/setup build test
  swift build -c release --product cheetah
  cheetah=$(swift build -c release --product cheetah --show-bin-path)/cheetah
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  export cheetah folder CHEETAH_INSIDE=$0
  scripts/netns run "${options[@]}" -- "$(realpath "$0")" "${arguments[@]}"
  exit
}

# Runs a check and counts it; what it printed is shown only when it fails: check NAME COMMAND ...
check() {
  local name=$1
  shift
  if "$@" >"$folder/check.log" 2>&1; then
    passed=$((passed + 1))
    printf 'ok      %s\n' "$name"
  else
    failed=$((failed + 1))
    printf 'FAILED  %s\n' "$name"
    sed 's/^/        | /' "$folder/check.log" | tail -40
    [ ! -f "$folder/server.log" ] || sed 's/^/        server | /' "$folder/server.log" | tail -10
  fi
}

# Ends the test: prints the counts; the status says whether all passed.
report() {
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" = 0 ]
}

# Serves $folder/site.cheetah on the TAP and waits until it answers: start [SERVE-OPTION ...]
start() {
  start_with "$folder/site.cheetah" "$@"
}

# The same with other sites: start_with SERVE-ARGUMENT ...
start_with() {
  "$cheetah" serve --tap cheetah0 --address 10.9.0.2/24 "$@" 2>"$folder/server.log" &
  server=$!
  if ! wait_for is_up_or_ended || ! kill -0 "$server"; then
    cat "$folder/server.log" >&2
    return 1
  fi
  answers "$site/"
}

is_up_or_ended() { ip link show dev cheetah0 | grep --quiet LOWER_UP || ! kill -0 "$server"; }

# Waits until a command succeeds, for 30 seconds at most: wait_for COMMAND ...
wait_for() {
  local end=$((SECONDS + 30))
  until "$@"; do
    if ((SECONDS >= end)); then
      echo "waited in vain for: $*"
      return 1
    fi
    sleep 0.05
  done
}

# Lets no client's kernel take in more than 64 KiB that the client has not read. Otherwise it takes up to 32 MB, and an answer
# to a slow client may be over at once.
keep_receive_buffers_small() {
  echo '4096 65536 65536' >/proc/sys/net/ipv4/tcp_rmem
}

# Waits until an address answers, whatever its status.
answers() {
  curl --silent --output /dev/null --retry 100 --retry-delay 0 --retry-max-time 20 --retry-all-errors \
    --connect-timeout 1 "$1"
}

# Ends the server and keeps the line that says what it has done in $summary.
stop() {
  kill -TERM "$server"
  wait "$server" || true
  summary=$(grep -o '[0-9]* requests.*' "$folder/server.log" | tail -1)
}

# Whether the server that was stopped left nothing behind and failed nobody.
nothing_left() {
  echo "$summary"
  [[ "$summary" == *' 0 open,'* && "$summary" == *' 0 5xx'* ]]
}

# Whether what curl prints of an answer, head included, has a line of this pattern: has PATTERN CURL-ARGUMENT ...
has() {
  local pattern=$1
  shift
  curl --silent --max-time 10 --include "$@" | tr -d '\r' | tee "$folder/answer" | grep --quiet --extended-regexp "$pattern" ||
    { cat "$folder/answer"; return 1; }
}

# Runs ab and fails when a request did: load AB-ARGUMENT ...
load() {
  local answer
  answer=$(ab -q "$@" 2>&1) || { echo "$answer"; return 1; }
  all_answered <<<"$answer"
}

# Shows what ab said, and whether all that it asked for was answered well: all_answered <FILE
all_answered() {
  local answer
  answer=$(cat)
  echo "$answer"
  grep --quiet '^Failed requests: *0$' <<<"$answer" && ! grep --quiet '^Non-2xx' <<<"$answer"
}

# Runs wrk and fails when a request did, or none was made: load_by_wrk WRK-ARGUMENT ...
load_by_wrk() {
  local answer
  # wrk's own patience is two seconds, which a machine that stands still for a moment may use up.
  answer=$(wrk --timeout 30s "$@" 2>&1) || { echo "$answer"; return 1; }
  echo "$answer"
  grep --quiet --extended-regexp '[1-9][0-9]* requests in' <<<"$answer" &&
    ! grep --quiet --extended-regexp 'Socket errors|Non-2xx' <<<"$answer"
}

# A counter of the kernel's, from the beginning of the namespace on: kernel_counter NAME
kernel_counter() {
  NSTAT_HISTORY=$folder/nstat nstat --ignore --noupdate --zeros "$1" | awk -v name="$1" '$1 == name { print $2 }'
}

# Whether no segment or packet of the server's in a capture has a wrong checksum, to an independent judge.
checksums_are_right() {
  local segments bad
  # Streams put together would take minutes for a document of 100 MB.
  read -r segments bad < <(tshark -r "$1" -o tcp.check_checksum:TRUE -o ip.check_checksum:TRUE \
    -o tcp.desegment_tcp_streams:FALSE --disable-protocol http -Y 'ip.src == 10.9.0.2 && tcp' \
    -T fields -e tcp.checksum.status -e ip.checksum.status 2>/dev/null |
    awk '$1 == 0 || $2 == 0 { bad++ } END { print NR, bad + 0 }')
  echo "$segments segments, $bad bad"
  [ "$segments" -gt 100 ] && [ "$bad" = 0 ]
}
