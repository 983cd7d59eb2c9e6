#!/usr/bin/env bash
# Makes a release twice, from two copies of this commit in two folders, and compares them byte by byte; installs the
# Debian package in an empty system, does a person's first five jobs there as somebody who is not root, beginning with the
# README's first page, and removes it: nothing may be left but what they made. Exit 3: goreleaser cannot be reached here.
#
#	.ci/release.sh WORK
#
# goreleaser comes from the Go proxy once (six minutes of processor time) and is kept in $HANDOUT_CI_CACHE
# (~/.cache/handout-ci). The second release finds in Go's cache what the first compiled. One build at a time: the parts of
# the program for macOS stand in the order in which their builds end.
set -euo pipefail
mkdir -p "$1"
work=$(cd "$1" && pwd)
tool=${HANDOUT_CI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/handout-ci}/goreleaser-2.15.1
if [ ! -x "$tool" ]; then
	GOBIN=$work/bin GOFLAGS= go install -ldflags='-s -w' github.com/goreleaser/goreleaser/v2@v2.15.1 || exit 3
	mkdir -p "$(dirname "$tool")"
	mv "$work/bin/goreleaser" "$tool"
fi
"$tool" check -q
git clone -q . "$work/one"
git clone -q "$work/one" "$work/two"
for copy in one two; do
	(cd "$work/$copy" && "$tool" release --snapshot --clean --parallelism 1 >"$work/$copy.log" 2>&1) || {
		tail -n 50 "$work/$copy.log"
		exit 1
	}
	echo "release $copy after $SECONDS s"
done
dist=$work/one/dist
diff "$work"/{one,two}/dist/SHA256SUMS
(cd "$dist" && sha256sum -c --quiet SHA256SUMS && awk '{ print $2 }' SHA256SUMS | xargs stat -c '%10s %n')
[ "$(wc -l <"$dist/SHA256SUMS")" -eq 7 ]

# What is in them: holds LIST NAME... wants each of the names at the end of a path of the list.
holds() {
	local list=$1 name bad=0
	shift
	for name in OFL.txt libraries.txt README.md CHANGELOG.md docs/README.md docs/first-page.md docs/page.png "$@"; do
		grep -qE "/$name\$" "$list" || {
			echo "$(basename "$list") has no $name"
			bad=1
		}
	done
	return $bad
}
listed() { python3 -c 'import sys, zipfile; print("\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))' "$1"; }
for file in "$dist"/*linux*.tar.gz; do
	tar tzf "$file" >"$work/linux.txt"
	holds "$work/linux.txt" handout LICENSE man/handout.1 completion/{handout.bash,_handout,handout.fish}
done
listed "$dist"/*macos.zip >"$work/macos.txt"
holds "$work/macos.txt" LICENSE Handout.app/Contents/{MacOS/handout,Info.plist,Resources/handout.icns} man/handout.1
for file in "$dist"/*windows*.zip; do
	listed "$file" >"$work/windows.txt"
	holds "$work/windows.txt" LICENSE handout.exe handout.ico {Add\ to,Remove\ from}\ Start\ menu.cmd
done

# Installed, used by somebody, removed. The root has nothing but the package.
root=$work/root
mkdir -p "$root"/var/lib/dpkg/{info,updates,triggers} "$root"/{tmp,dev,home/ana}
touch "$root/var/lib/dpkg/status"
chmod 1777 "$root/tmp"
chown 1000:1000 "$root/home/ana"
dpkg --root="$root" --force-architecture -i "$dist"/handout_*_"$(dpkg --print-architecture)".deb >/dev/null
(cd "$root" && find . -type f ! -path './var/*') >"$work/installed.txt"
holds "$work/installed.txt" usr/bin/handout usr/share/man/man1/handout.1.gz usr/share/applications/handout.desktop \
	usr/share/{bash-completion/completions/handout,zsh/vendor-completions/_handout,fish/vendor_completions.d/handout.fish} \
	usr/share/icons/hicolor/scalable/apps/handout.svg usr/share/doc/handout/{copyright,changelog.gz}
[ ! -x "$(command -v desktop-file-validate)" ] || desktop-file-validate "$root/usr/share/applications/handout.desktop"
as=(env -i HOME=/home/ana PATH=/usr/bin unshare -R "$root" -w /home/ana -S 1000 -G 1000)
ana() { "${as[@]}" "$@"; }
ana handout version

# A person's first five jobs, each timed.
job() {
	local what=$1 began=$EPOCHREALTIME
	shift
	printf '%s: $ %s\n' "$what" "$*"
	eval "ana $*" >"$work/job.txt" 2>"$work/notes.txt" || {
		cat "$work/job.txt" "$work/notes.txt"
		exit 1
	}
	printf '   %s (%d ms)\n' "$(head -n 1 "$work/job.txt")" $(((${EPOCHREALTIME/./} - ${began/./}) / 1000))
}
job "a page for one patient" "$(sed -n 's/^    \(handout make .*\)/\1/p' README.md | sed -n 1p)" # the README's first
head -c 5 "$root"/home/ana/*.pdf | grep -q '%PDF-'
[ "$(stat -c %u "$root"/home/ana/*.pdf)" = 1000 ]
job "what is wrong here" handout doctor
job "your clinic" handout init
sed -i 's/^name: .*/name: Harbour Lane Massage/' "$root/home/ana/clinic.yaml"
job "a handout of your own" handout make my-handout.md --brand clinic.yaml
{
	echo 'visit,date,time,first name,last name,handout'
	for i in $(seq 40); do echo "$i,2026-11-30,$((8 + i / 4)):$((i % 4 * 15 + 10)),Ana,Ruiz$i,sciatica"; done
} >"$root/home/ana/visits.csv"
job "the day's pages" handout batch visits.csv --brand clinic.yaml --print today.pdf
[ "$(find "$root/home/ana/out" -name '*.pdf' | wc -l)" -eq 40 ]

# What the menu starts is a page in the browser.
opens=$(sed -n 's/^Exec=//p' "$root/usr/share/applications/handout.desktop")
"${as[@]}" $opens --port 0 --no-open >"$work/address.txt" & # not as a function: it is to be ended
server=$!
for ((i = 0; i < 100; i++)); do
	grep -q / "$work/address.txt" && break
	sleep 0.1
done
[ "$(python3 -c 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode().strip())' \
	"$(sed 's,/#.*,/healthz,' "$work/address.txt")")" = ok ]
kill "$server"
wait "$server" || true

find "$root/home" -type f | sort >"$work/made.txt"
dpkg --root="$root" --purge handout >/dev/null 2>&1
left=$(find "$root" -type f ! -path "$root/var/lib/dpkg/*" ! -path "$root/home/ana/*" ! -path "$root/var/log/*")
[ -z "$left" ] || {
	printf 'left behind: %s\n' $left
	exit 1
}
[ ! -e "$root/usr/bin" ] && [ ! -e "$root/usr/share/doc" ]
find "$root/home" -type f | sort | diff "$work/made.txt" -
echo "two releases are the same, and the package comes and goes without a trace, in $SECONDS s"
