#!/usr/bin/env bash
# Makes a release twice, from two copies of this commit in two folders, and compares them byte by byte;
# installs the Debian package in an empty system, makes a page there as somebody who is not root, and
# removes it: nothing may be left but what they made. Exit 3: goreleaser cannot be had here.
#
#	.ci/release.sh WORK
set -euo pipefail
work=$1
mkdir -p "$work"
tool=${HANDOUT_CI_CACHE:-$work}/goreleaser-2.15.1
if [ ! -x "$tool" ]; then
	GOBIN=$work/bin GOFLAGS= go install github.com/goreleaser/goreleaser/v2@v2.15.1 || exit 3
	mkdir -p "$(dirname "$tool")"
	mv "$work/bin/goreleaser" "$tool"
fi
"$tool" check -q
for copy in one two; do
	git clone -q . "$work/$copy"
	(cd "$work/$copy" && "$tool" release --snapshot --clean --parallelism "$(nproc)" >"$work/$copy.log" 2>&1) || {
		tail -n 50 "$work/$copy.log"
		exit 1
	}
done
diff "$work"/{one,two}/dist/SHA256SUMS
[ "$(wc -l <"$work/one/dist/SHA256SUMS")" -eq 7 ]
(cd "$work/one/dist" && sha256sum -c --quiet SHA256SUMS && ls -l $(awk '{ print $2 }' SHA256SUMS) | awk '{ print $5, $9 }')

# What is in them.
dist=$work/one/dist
tar tzf "$dist"/*linux*amd64*.tar.gz >"$work/tar.txt"
unzip -l "$dist"/*macos.zip >"$work/mac.txt"
unzip -l "$dist"/*windows*arm64.zip >"$work/windows.txt"
grep -q '/handout$' "$work/tar.txt"
grep -q '/man/handout.1$' "$work/tar.txt"
grep -q 'Handout.app/Contents/MacOS/handout$' "$work/mac.txt"
grep -q 'Handout.app/Contents/Info.plist$' "$work/mac.txt"
grep -q 'Handout.app/Contents/Resources/handout.icns$' "$work/mac.txt"
grep -q '/handout.exe$' "$work/windows.txt"
grep -q 'Add to Start menu.cmd$' "$work/windows.txt"
for list in tar mac windows; do
	for file in LICENSE OFL.txt README.md CHANGELOG.md docs/README.md; do
		grep -q "/$file\$" "$work/$list.txt" || {
			echo "$list: no $file"
			exit 1
		}
	done
done

# Installed, used by somebody, removed. The root has nothing but the package.
root=$work/root
mkdir -p "$root"/var/lib/dpkg/{info,updates,triggers} "$root"/{tmp,dev,home/ana}
touch "$root/var/lib/dpkg/status"
chmod 1777 "$root/tmp"
chown 1000:1000 "$root/home/ana"
dpkg --root="$root" --force-architecture -i "$dist"/handout_*_"$(dpkg --print-architecture)".deb >/dev/null
find "$root"/usr -type f | sed "s|$root||" | sort >"$work/installed.txt"
for file in usr/bin/handout usr/share/man/man1/handout.1.gz usr/share/bash-completion/completions/handout \
	usr/share/applications/handout.desktop usr/share/icons/hicolor/scalable/apps/handout.svg usr/share/doc/handout/copyright; do
	[ -f "$root/$file" ] || {
		echo "the package has no $file"
		exit 1
	}
done
command -v desktop-file-validate >/dev/null && desktop-file-validate "$root/usr/share/applications/handout.desktop"
ana() { env -i HOME=/home/ana unshare -R "$root" -w /home/ana -S 1000 -G 1000 /usr/bin/handout "$@"; }
ana version
ana make sciatica --patient "Zoë Nuñez-O'Brien" --stretches figure-4,knee-to-chest -o zoe.pdf
ana init
ana doctor --brand clinic.yaml
head -c 5 "$root/home/ana/zoe.pdf" | grep -q '%PDF-'
[ "$(stat -c %u "$root/home/ana/zoe.pdf")" = 1000 ]
dpkg --root="$root" --purge handout >/dev/null 2>&1
left=$(find "$root" -type f ! -path "$root/var/lib/dpkg/*" ! -path "$root/home/ana/*" ! -path "$root/var/log/*")
[ -z "$left" ] || {
	printf 'left behind: %s\n' $left
	exit 1
}
[ ! -e "$root/usr/share/doc/handout" ]
echo "two releases are the same, and the package comes and goes without a trace"
