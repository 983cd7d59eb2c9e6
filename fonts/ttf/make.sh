#!/bin/sh
# Rebuilds every .ttf here from its published package. Needs npm and
# fonttools 4.68.0 (pip install fonttools==4.68.0). README.md says what and why.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# fetch PACKAGE VERSION: unpacks it as ./PACKAGE
fetch() {
	tgz=$(npm pack --silent "@expo-google-fonts/$1@$2")
	mkdir "$1"
	tar xzf "$tgz" -C "$1" --strip-components=1
}

# cut NAME SOURCE UNICODES: keeps the layout features of running text, drops hints
cut() {
	pyftsubset "$2" --output-file="$here/$1.ttf" --unicodes="$3" \
		--no-hinting --notdef-outline --name-IDs=1,2,4,6,13,14 \
		--layout-scripts='*'
}

fetch atkinson-hyperlegible-next 0.4.1
fetch noto-sans 0.4.2
fetch noto-sans-hebrew 0.4.1
fetch noto-sans-arabic 0.2.3
fetch noto-sans-thai 0.4.2
fetch noto-sans-devanagari 0.4.1
fetch noto-sans-symbols 0.4.1
fetch noto-sans-symbols-2 0.4.1
fetch noto-sans-math 0.4.2

for s in 400Regular:Regular 700Bold:Bold 400Regular_Italic:Italic 700Bold_Italic:BoldItalic; do
	cp atkinson-hyperlegible-next/${s%:*}/AtkinsonHyperlegibleNext_${s%:*}.ttf "$here/Atkinson-${s#*:}.ttf"
done

space=20,A0,200C,200D,25CC
marks=300-36F
for s in 400Regular:Regular 700Bold:Bold; do
	w=${s%:*} n=${s#*:}
	cut NotoSans-Latin-$n noto-sans/$w/NotoSans_$w.ttf \
		$space,$marks,21-7E,A1-24F,250-2FF,1D62-1D6A,1DC4-1DCC,1E00-1EFF,2000-2027,202F-205E,2070-209C,20A0-20BF,2100-214F,2150-218B,2212,2215,FB00-FB06,A720-A7FF
	cut NotoSans-Greek-$n noto-sans/$w/NotoSans_$w.ttf \
		$space,$marks,370-3E1,3F0-3FF,1F00-1FFF
	cut NotoSans-Cyrillic-$n noto-sans/$w/NotoSans_$w.ttf \
		$space,$marks,400-52F,1C80-1C88,2DE0-2DFF,A640-A69F
	cut NotoSans-Hebrew-$n noto-sans-hebrew/$w/NotoSansHebrew_$w.ttf \
		$space,590-5FF,20AA,FB1D-FB4F
	cut NotoSans-Arabic-$n noto-sans-arabic/NotoSansArabic_$w.ttf \
		$space,600-6FF,750-77F,8A0-8FF,FDF2,FDFC
	cut NotoSans-Thai-$n noto-sans-thai/$w/NotoSansThai_$w.ttf \
		$space,E00-E7F
	cut NotoSans-Devanagari-$n noto-sans-devanagari/$w/NotoSansDevanagari_$w.ttf \
		$space,900-97F,1CD0-1CFF,20B9,A830-A839,A8E0-A8FF
	cut NotoSans-Symbols-$n noto-sans-symbols/$w/NotoSansSymbols_$w.ttf \
		2190-2199,2300-2303,2460-24FF,263A-263B,2639,2640,2642,2669-266F,2695,2776-277F
done
cut NotoSans-Symbols2-Regular noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf \
	25A0-25FF,2600-2606,260E-2612,2615,2660-2667,26A0,231A-231B,23F1,2702,2706,2709,270E-2718,2726,2729,2764,2794,2798-27A1,2B05-2B07,2B1B-2B1C,2B50
cut NotoSans-Math-Regular noto-sans-math/400Regular/NotoSansMath_400Regular.ttf \
	2190-21FF,2200-222B,2234-2237,223C,2243-2248,2260-2265,27F5-27FA
