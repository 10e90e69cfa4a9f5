#!/usr/bin/env bash
# Tries ./amtomat on bare machines: fresh roots of Debian in which nothing is installed that Amtomat would need.
#
#   scripts/bare.sh [CASE...]      all cases when none is named; `scripts/bare.sh list` names them
#
# Needs root, debootstrap, about 4 GB in AMTOMAT_BARE (default /var/tmp/amtomat-bare, kept between runs: throw it away
# for fresh roots), and a line to a Debian mirror and the npm registry: DEBIAN_MIRROR, npm_config_registry and
# http_proxy, https_proxy, no_proxy are taken from the environment, certificates of your own from
# /usr/local/share/ca-certificates. Offices listen on port AMTOMAT_BARE_PORT (default 8239) of this machine.
# The tests of a case go no further than to the rooms that need nothing of the outside; AMTOMAT_BARE_WHOLE=1 runs all.
set -euo pipefail
source=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
base=${AMTOMAT_BARE:-/var/tmp/amtomat-bare}
port=${AMTOMAT_BARE_PORT:-8239}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}

# name | Debian | packages | user | what start must do | what test must do. Without root, tests say what they miss and go on.
CASES='
debian13-nothing       | trixie   |                      | citizen | refuse:apt-get install curl | refuse:apt-get install curl
debian13-curl          | trixie   | curl                 | citizen | ready                       | says:Chromium is missing: apt-get install
debian13-curl-root     | trixie   | curl                 | root    | ready                       | good
debian13-node          | trixie   | nodejs npm           | citizen | ready                       | says:Chromium is missing: apt-get install
debian12-wget          | bookworm | wget                 | citizen | ready                       | says:Chromium is missing: apt-get install
debian12-node          | bookworm | nodejs npm           | citizen | ready                       | says:Chromium is missing: apt-get install
debian12-node-root     | bookworm | nodejs npm           | root    | ready                       | good
debian12-node-no-npm   | bookworm | nodejs               | citizen | refuse:apt-get install curl | refuse:apt-get install curl
'

# How far the tests of a case go.
REST='== tests of the other rooms'

say() { printf 'bare: %s\n' "$*"; }
trim() { local text=$1; text=${text#"${text%%[! ]*}"}; printf %s "${text%"${text##*[! ]}"}"; }

own_certificates() { compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; }

# A root of its own for each set of packages; cases work on copies of it.
prepare() {
  local debian=$1 packages=$2 root=$3
  [ ! -f "$root/.prepared" ] || return 0
  rm -rf "$root"
  say "making $root ..."
  debootstrap --variant=minbase --include=ca-certificates "$debian" "$root" "$mirror" >"$root.log" 2>&1 ||
    { tail "$root.log"; exit 1; }
  if own_certificates; then
    mkdir -p "$root/usr/local/share/ca-certificates"
    cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/"
    inside "$root" root 'update-ca-certificates' >>"$root.log" 2>&1
  fi
  inside "$root" root 'useradd --create-home citizen; export DEBIAN_FRONTEND=noninteractive; apt-get update -q &&
    { [ -z "$*" ] || apt-get install -y -q --no-install-recommends "$@"; }' $packages >>"$root.log" 2>&1 ||
    { tail "$root.log"; exit 1; }
  touch "$root/.prepared"
}

# inside ROOT USER SCRIPT [ARGUMENT...]: with processes and mounts of its own, all gone when the script is.
inside() {
  local root=$1 user=$2 script=$3
  shift 3
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  local environment=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8) name
  for name in http_proxy https_proxy no_proxy npm_config_registry; do
    [ -z "${!name:-}" ] || environment+=("$name=${!name}")
  done
  ! own_certificates || environment+=(npm_config_cafile=/etc/ssl/certs/ca-certificates.crt)
  unshare --mount --pid --fork --kill-child --propagation private bash -c '
    set -e
    root=$1 user=$2; shift 2
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/dev/shm"
    exec chroot "$root" /usr/bin/setpriv --reuid "$user" --regid "$user" --init-groups "$@"
  ' bash "$root" "$user" env -i "${environment[@]}" HOME="$(home "$user")" bash -c "$script" bash "$@"
}

home() { [ "$1" = root ] && printf /root || printf '/home/%s' "$1"; }

# Copies what a clone would hold.
copy_program() {
  local root=$1 user=$2 place
  place=$root$(home "$user")/amtomat
  mkdir "$place"
  git -C "$source" ls-files -z | tar -C "$source" --null -T - -c | tar -x -C "$place" --no-same-owner
  chroot "$root" chown -R "$user:" "$(home "$user")/amtomat"
}

refused() {
  local log=$1 words=$2
  grep -q -- "$words" "$log" && ! grep -qE '^ +at .*:[0-9]+' "$log"
}

try_start() {
  local root=$1 user=$2 must=$3 log=$4 code=0
  inside "$root" "$user" '
    cd ~/amtomat
    ./amtomat start --port "$1" &
    office=$!
    # It may take minutes to fetch the packages; an office that ends is noticed at once.
    until ./node_modules/node-linux-*/bin/node -e "
      fetch(process.argv[1]).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))
    " "http://127.0.0.1:$1/ready" 2>/dev/null; do
      kill -0 $office 2>/dev/null || { wait $office; exit; }
      sleep 1
    done
    # Ways with a picture and with a paper: what reads and sets them was installed.
    ./amtomat play urkunden --url "http://127.0.0.1:$1" && echo "the pictures were taken"
    kill $office
    wait $office
  ' "$port" >"$log" 2>&1 || code=$?
  case $must in
    ready) [ "$code" -eq 0 ] && grep -q 'the pictures were taken' "$log" ;;
    refuse:*) [ "$code" -ne 0 ] && refused "$log" "${must#refuse:}" ;;
  esac
}

try_test() {
  local root=$1 user=$2 must=$3 log=$4 code=0
  inside "$root" "$user" '
    cd ~/amtomat
    ./amtomat test </dev/null >~/test.log 2>&1 &
    until { [ -z "$1" ] && grep -q "$2" ~/test.log; } || ! kill -0 $! 2>/dev/null; do sleep 1; done
    cat ~/test.log
    # Whatever still runs ends with this script.
    kill -0 $! 2>/dev/null || wait $!
  ' "${AMTOMAT_BARE_WHOLE:-}" "$REST" >"$log" 2>&1 || code=$?
  local bad='^(✖|not ok)|^Unused|error TS|amtomat: .* is missing|^Not good yet'
  case $must in
    good) [ "$code" -eq 0 ] && ! grep -qE "$bad" "$log" ;;
    says:*) grep -q -- "${must#says:}" "$log" && grep -q "$REST" "$log" && ! grep -vE "is missing: apt-get|^Not good yet" "$log" | grep -qE "$bad" ;;
    refuse:*) [ "$code" -ne 0 ] && refused "$log" "${must#refuse:}" ;;
  esac
}

try_case() {
  local name=$1 debian=$2 packages=$3 user=$4 start=$5 test=$6
  local made=$base/$debian${packages:+-${packages// /-}} root=$base/now log=$base/$name
  prepare "$debian" "$packages" "$made"
  rm -rf "$root"
  cp -a "$made" "$root"
  copy_program "$root" "$user"
  local word=good
  try_start "$root" "$user" "$start" "$log.start.log" || { word=WRONG; failures=$((failures + 1)); }
  printf '%-24s start must %-32s %s\n' "$name" "$start" "$word"
  word=good
  try_test "$root" "$user" "$test" "$log.test.log" || { word=WRONG; failures=$((failures + 1)); }
  printf '%-24s test  must %-32s %s\n' "$name" "$test" "$word"
  rm -rf "$root"
}

if [ "${1:-}" = list ]; then
  printf '%s' "$CASES" | sed '/^$/d'
  exit
fi
[ "$(id -u)" -eq 0 ] || { say 'needs root, for debootstrap and chroot'; exit 1; }
for program in debootstrap unshare setpriv; do
  command -v "$program" >/dev/null || { say "needs $program: apt-get install debootstrap util-linux"; exit 1; }
done
mkdir -p "$base"
failures=0
while IFS='|' read -r name debian packages user start test; do
  name=$(trim "$name")
  [ -n "$name" ] || continue
  [ $# -eq 0 ] || [[ " $* " = *" $name "* ]] || continue
  try_case "$name" "$(trim "$debian")" "$(trim "$packages")" "$(trim "$user")" "$(trim "$start")" "$(trim "$test")" </dev/null
done <<<"$CASES"
say "what was said is in $base/*.log"
[ "$failures" -eq 0 ] || { say "$failures not as it must be"; exit 1; }
