#!/usr/bin/env bash
# A day of 2,000 visits through batch, with a file to print: all of it through qpdf and
# veraPDF, by samples; the order they are printed in; and the memory that 20,000 take.
#
#	.ci/batch.sh
set -euo pipefail
cd "$(dirname "$0")/.."
for judge in python3 qpdf pdfinfo pdftotext; do
	command -v $judge >/dev/null || {
		echo "$judge is not here"
		exit 77
	}
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -trimpath -o "$work/handout" ./cmd/handout

# day writes a list of so many visits.
day() {
	python3 - "$1" <<-'PY'
		import sys
		handouts = ["sciatica", "after-massage", "neck-and-desk"]
		stretches = ["", "none", "figure-4", "cat-cow:reps=5,chin-tuck", "knee-to-chest:hold=20s", "bridge", "levator,upper-trapezius", "wall-calf"]
		editions = ["", "", "", "bw", "large"]
		print("visit,date,time,name,handout,stretches,edition,paper")
		for i in range(int(sys.argv[1])):
		    print(f"V{i},2026-11-{1 + i % 28:02},{8 + i % 11:02}:{i % 60:02},Ana Nuñez {i},{handouts[i % 3]},"
		          f"\"{stretches[i % 8]}\",{editions[i % 5]},{'a4' if i % 2 else 'letter'}")
	PY
}

cd "$work"
day 2000 >list.csv
code=0
./handout batch list.csv --out out --print day.pdf 2>said.txt || code=$?
# A large page may have no room for its stretches; that is said, and nothing else may be.
if grep '^handout: ' said.txt | grep -v 'too long\|more rows failed'; then
	exit 1
fi
made=$(grep -c ',made,' out/report.csv)
failed=$(grep -c ',failed,' out/report.csv || true)
echo "$made made, $failed refused, exit code $code"
[ $((made + failed)) -eq 2000 ] && [ "$made" -ge 1600 ]
[ "$(ls out/*.pdf | wc -l)" -eq "$made" ]
[ "$(pdfinfo day.pdf | awk '/^Pages:/ { print $2 }')" -eq "$made" ]

qpdf --check day.pdf >/dev/null
mkdir sample
ls out/*.pdf | awk -v n="$made" 'NR % int(n / 60) == 0' >chosen.txt
while read -r file; do
	qpdf --check "$file" >/dev/null
done <chosen.txt
awk 'NR % 3 == 0' chosen.txt | xargs -I{} cp {} sample/
echo "$(wc -l <chosen.txt) pages and the file to print are clean"

# In the order of the visits: the first of them, and each page its own.
awk 'NR <= 201' list.csv >first.csv
./handout batch first.csv --out first --print sample/print.pdf >/dev/null 2>&1 || true
pdftotext sample/print.pdf - | grep -o 'Ana Nuñez [0-9]*' | uniq >printed.txt
tail -n +2 first.csv | awk -F, 'NR == FNR { if ($3 == "made") made[$2] = 1; next } made[$1] { print $2 " " $3 "," $4 }' first/report.csv - |
	sort -s -t, -k1,1 | cut -d, -f2 >wanted.txt
cmp printed.txt wanted.txt
echo "$(wc -l <wanted.txt) pages are printed in the order of the visits"
cd "$OLDPWD"
code=0
.ci/verapdf.sh "$work/sample" >"$work/judged.txt" 2>&1 || code=$?
tail -n 1 "$work/judged.txt"
[ $code -eq 0 ] || [ $code -eq 3 ] # 3: it is not here, which the step of that name says

# What 20,000 take, and 100,000 must not.
cd "$work"
day 20000 >long.csv
python3 - <<'PY'
import resource, subprocess, sys, time
began = time.time()
run = subprocess.run(["./handout", "batch", "long.csv", "--out", "long", "--print", "long.pdf"], capture_output=True, text=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(run.stdout.strip(), f"in {time.time() - began:.0f} s, {peak:.0f} MB")
sys.exit(run.returncode not in (0, 1) or peak > 200)
PY
