#!/usr/bin/env bash
# Puts sciatica for a made-up patient in every look and edition on one sheet of
# pictures, and tells which page has changed since docs/looks.png.
#
#	.ci/sheet.sh [--update]
#
# The sheet is left in $HANDOUT_LOOKS, or in a folder that is printed. With --update it
# becomes docs/looks.png. Exit 1: a page has changed; 77: there is nothing to draw with.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v pdftoppm >/dev/null; then
	echo "pdftoppm of poppler is not installed"
	exit 77
fi
out=${HANDOUT_LOOKS:-$(mktemp -d)}
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT

go build -trimpath -o "$pages/handout" ./cmd/handout
number=10
for edition in standard large bw; do
	for look in article rows pictures; do
		case $edition-$look in # as many as there is room for
		large-article | large-rows) stretches=figure-4 ;;
		*-article | large-pictures) stretches=trunk-rotation,figure-4 ;;
		*) stretches=knee-to-chest,figure-4,trunk-rotation,cat-cow ;;
		esac
		number=$((number + 1)) # a sheet's pages are in the order of their names
		page=$pages/$number-$look-$edition
		"$pages/handout" make sciatica --patient "Zoë Nuñez-O'Brien" --brand docs/harbour-lane/clinic.yaml --paper letter \
			--date 2026-11-22 --stretches $stretches --look $look --edition $edition -o "$page.pdf" >/dev/null 2>"$pages/said.txt" || {
			cat "$pages/said.txt"
			exit 1
		}
		pdftoppm -r 56 -png -singlefile "$page.pdf" "$page"
	done
done
if [ "${1:-}" = --update ]; then
	go run .ci/sheet.go "$out/looks.png" "$out/looks.png" 3 "$pages"/*.png
	cp "$out/looks.png" docs/looks.png
elif ! go run .ci/sheet.go docs/looks.png "$out/looks.png" 3 "$pages"/*.png; then
	echo "look at $out/looks.png; if it is as it should be: .ci/sheet.sh --update"
	exit 1
fi
echo "the sheet is $out/looks.png"
