#!/usr/bin/env bash
# Lets schemathesis judge `handout serve` by its own description: what is described is
# answered as described, and what is not is refused. Exit code 3: it cannot be installed
# here.
#
#	.ci/api.sh HANDOUT
set -euo pipefail
handout=$(realpath "$1")
version=4.32.5
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

judge=$(command -v schemathesis || true)
if [ -z "$judge" ]; then
	{ python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q "schemathesis==$version"; } >"$work/pip.txt" 2>&1 || {
		tail -n 3 "$work/pip.txt"
		echo "schemathesis cannot be installed here"
		exit 3
	}
	judge=$work/venv/bin/schemathesis
fi
mkdir "$work/brands"
printf 'name: North Clinic\n' >"$work/brands/north.yaml"
HOME=$work "$handout" serve --port 0 --no-open --brands "$work/brands" --log >"$work/url" 2>"$work/log" &
server=$!
until [ -s "$work/url" ]; do
	kill -0 "$server" # it has ended, and why is in its log
	sleep 0.1
done
url=$(cat "$work/url")
url=${url%%/#*} # without the page's key
# A name of random letters may have one that no font has: 422 is right.
code=0
cd "$work" # where it leaves what it has seen
"$judge" run "$url/openapi.yaml" --url "$url" -n 100 --phases examples,coverage,fuzzing --seed 11 --suppress-health-check all \
	--exclude-checks positive_data_acceptance --no-color || code=$?
if grep -E ' 500 |a panic' "$work/log"; then
	code=1
fi
exit $code
