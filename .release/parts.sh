#!/bin/sh
# Makes what a release has besides the program: the manual page, what shells complete, the
# description of the macOS application. All of it comes from the program itself.
set -eu
cd "$(dirname "$0")"
rm -rf made
mkdir -p made/completion
GOOS='' GOARCH='' go build -trimpath -o made/handout ../cmd/handout
made/handout help --man >made/handout.1
gzip -9n <made/handout.1 >made/handout.1.gz
made/handout help --completion bash >made/completion/handout.bash
made/handout help --completion zsh >made/completion/_handout
made/handout help --completion fish >made/completion/handout.fish
version=$(made/handout version --json | sed -n 's/.*"handout": "v\{0,1\}\([0-9.]*\).*/\1/p')
sed "s/@VERSION@/${version:-0}/" Info.plist >made/Info.plist
rm made/handout
