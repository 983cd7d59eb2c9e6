#!/usr/bin/env bash
# Builds the image of docs/scale/Dockerfile, without a network, and lives in it: as its user, in a root that cannot be
# written to, with nothing in it but the program. Exit 3: no builder is here, and none can be installed within a minute.
#
#	.ci/scale.sh WORK
set -euo pipefail
mkdir -p "$1"
work=$(cd "$1" && pwd)
command -v buildah >/dev/null || {
	echo "installing buildah"
	DEBIAN_FRONTEND=noninteractive timeout 60 apt-get install -y -qq --no-install-recommends buildah >/dev/null 2>&1 || {
		echo "buildah cannot be installed here"
		exit 3
	}
}
mkdir "$work/image"
CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o "$work/image/handout" ./cmd/handout
store=(--storage-driver vfs --root "$work/store" --runroot "$work/run")
buildah() { command buildah "${store[@]}" "$@"; }
build() { buildah build -q --isolation chroot "$@" >/dev/null; }
echo FROM scratch | build -t nothing -f - "$work/image" || {
	echo "buildah does not run here"
	exit 3
}
build -t handout -f docs/scale/Dockerfile "$work/image"
box=$(buildah from handout)
root=$(buildah mount "$box")
[ "$(cd "$root" && find . -type f)" = ./handout ] # and nothing else
config() { buildah inspect --type image --format "{{range .OCIv1.Config.$1}}{{println .}}{{end}}" handout | sed '/^$/d'; }
mapfile -t args < <(config Entrypoint && config Cmd)
user=$(buildah inspect --type image --format '{{.OCIv1.Config.User}}' handout)
[ "$user" = 65532:65532 ]
printf '%s: %s, %d kB\n' "$user" "${args[*]}" "$(($(stat -c %s "$root/handout") / 1024))"

# Somebody with nothing but this root, which is read-only, and a token on a volume.
openssl rand -hex 32 >"$work/tokens"
chmod 644 "$work/tokens"
cat >"$work/in.sh" <<'IN'
set -euo pipefail
mount --bind "$1" "$1"
mkdir -p "$1/run/secrets/handout"
touch "$1/run/secrets/handout/tokens"
mount --bind "$2" "$1/run/secrets/handout/tokens"
mount -o remount,bind,ro "$1"
! touch "$1/written" 2>/dev/null
exec chroot --userspec="$3" "$1" "${@:4}"
IN
for port in $(seq 18080 18099); do
	(exec 3<>/dev/tcp/127.0.0.1/"$port") 2>/dev/null || break
done
: >"$work/address.txt"
env -i PATH="$PATH" unshare -m bash "$work/in.sh" "$root" "$work/tokens" "$user" "${args[@]/:8080/:$port}" >"$work/address.txt" &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
for ((i = 0; i < 100; i++)); do
	grep -q / "$work/address.txt" && break
	sleep 0.1
done
python3 - "$(cat "$work/address.txt")" "$work/tokens" <<'PY'
import json, sys, urllib.request
at, token = sys.argv[1], open(sys.argv[2]).read().strip()
assert urllib.request.urlopen(at + "/healthz").read() == b"ok\n"
order = json.dumps({"handout": "sciatica", "patient": "Ana Ruiz", "date": "2026-11-30"}).encode()
answer = urllib.request.urlopen(urllib.request.Request(at + "/v1/handouts", order, {"Content-Type": "application/json", "Authorization": "Bearer " + token}))
page = answer.read()
assert page.startswith(b"%PDF-") and page.endswith(b"%%EOF\n"), page[:99]
print("a page of", len(page), "bytes from", at)
PY
kill $server
wait $server # it ends well
buildah rm "$box" >/dev/null
