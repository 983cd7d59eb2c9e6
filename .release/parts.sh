#!/bin/sh
# Makes what a release has besides the program: the manual page, what shells complete, the licences of
# the libraries in it, the description of the macOS application. All of it comes from the program itself.
#
#	parts.sh VERSION SECONDS: of the release, and of its commit since 1970
set -eu
cd "$(dirname "$0")"
rm -rf made
mkdir -p made/completion
GOOS='' GOARCH='' go build -trimpath -o made/handout ../cmd/handout
made/handout help --man >made/handout.1
gzip -9n <made/handout.1 >made/handout.1.gz
{
	printf 'handout (%s) unstable; urgency=medium\n\n  * What has changed is in CHANGELOG.md.\n\n' "$(echo "$1" | sed 's/-/~/')"
	printf ' -- The makers of handout <handout@example.org>  %s\n' "$(LC_ALL=C date -Ru -d "@$2" 2>/dev/null || date -Ru -r "$2")"
} | gzip -9n >made/changelog.gz
made/handout help --completion bash >made/completion/handout.bash
made/handout help --completion zsh >made/completion/_handout
made/handout help --completion fish >made/completion/handout.fish
{
	echo "The libraries in this program, each with its licence."
	go list -deps -f '{{with .Module}}{{if .Version}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' ../cmd/handout | sort -u |
		while read -r name of dir; do
			text=$(find "$dir" -maxdepth 1 -type f -name 'LICEN[CS]E*') # one that has none stops the release
			printf '\n\n== %s %s\n\n' "$name" "$of"
			cat "${text:?$name has no licence}"
		done
	printf '\n\n== Go; and, copyright 2017 Google LLC, with the same licence, lit-html\n\n'
	cat "$(go env GOROOT)/LICENSE"
} >made/libraries.txt
version=$(made/handout version --json | sed -n 's/.*"handout": "v\{0,1\}\([0-9.]*\).*/\1/p')
sed "s/@VERSION@/${version:-0}/" Info.plist >made/Info.plist
rm made/handout
