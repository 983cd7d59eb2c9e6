#!/bin/sh
# Judges PDF files, or every PDF under a folder, by veraPDF: all of them as PDF/UA-1, and
# as PDF/A-2a those that claim to be that (the locked ones do not).
#
#   .ci/verapdf.sh FILE|FOLDER...
#
# Exit 0: every file passes. 1: some file fails, or nothing was there to judge.
# 3: veraPDF could not be fetched or Java is missing.
# The jar comes from Maven Central once and is kept in $HANDOUT_CI_CACHE
# (~/.cache/handout-ci).
set -eu

pom=$(dirname "$0")/verapdf/pom.xml
cache=${HANDOUT_CI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/handout-ci}
version=$(sed -n 's:.*<version>\([0-9.]*\.[0-9.]*\)</version>.*:\1:p' "$pom")
jar=$cache/verapdf/cli-$version.jar

if [ $# -eq 0 ]; then
	echo "usage: $0 FILE|FOLDER..." >&2
	exit 1
fi
if ! command -v java >/dev/null; then
	echo "verapdf: java is not installed" >&2
	exit 3
fi
if [ ! -s "$jar" ]; then
	if ! command -v mvn >/dev/null; then
		echo "verapdf: mvn is not installed, and $jar is not there" >&2
		exit 3
	fi
	# A folder of its own, renamed at the end: two runs at once do no harm.
	mkdir -p "$cache/verapdf"
	new=$(mktemp -d "$cache/verapdf/new.XXXXXX")
	trap 'rm -rf "$new"' EXIT
	mvn -q -B -f "$pom" dependency:copy-dependencies -DoutputDirectory="$new" >&2 || {
		echo "verapdf: Maven Central did not give org.verapdf.apps:cli:$version" >&2
		exit 3
	}
	mv "$new/cli-$version.jar" "$jar"
	rm -rf "$new"
	trap - EXIT
fi

work=$(mktemp -d)
list=$work/list report=$work/report
trap 'rm -rf "$work"' EXIT

# judge hands the files of the list to a profile, a part of them to each processor: judge FLAVOUR NAME
judge() {
	code=0
	part=$(($(tr -cd '\0' <"$list" | wc -c) / $(nproc) + 1))
	[ $part -lt 400 ] || part=400
	rm -f "$report".*
	xargs -0 -P "$(nproc)" -n $part sh -c 'report=$1.$$ && shift && java -jar "$@" >"$report"' verapdf \
		"$report" "$jar" --flavour "$1" --format text --verbose <"$list" || code=$?
	cat "$report".* >"$report"
	grep -v '^PASS ' "$report" || true
	passed=$(grep -c '^PASS ' "$report" || true)
	failed=$(grep -c -v '^PASS ' "$report" || true)
	if [ "$code" -ne 0 ] || [ "$failed" -ne 0 ] || [ "$passed" -eq 0 ]; then
		echo "verapdf: $2: $passed passed, exit $code" >&2
		exit 1
	fi
	echo "verapdf: $2: $passed passed, 0 failed"
}

find "$@" -type f -name '*.pdf' -print0 >"$list"
judge ua1 PDF/UA-1
find "$@" -type f -name '*.pdf' -exec grep -lZ '<pdfaid:part>2</pdfaid:part>' {} + >"$list"
judge 2a PDF/A-2a
