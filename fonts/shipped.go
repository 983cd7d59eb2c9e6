package fonts

import "embed"

//go:embed ttf/*.ttf
var files embed.FS

// shippedFile is an embedded face and the characters it draws, which a test
// holds against the file.
type shippedFile struct {
	name  string // without its folder and ending
	cover ranges
}

// shipped lists the embedded families in the order they are asked. ttf/README.md
// says where they come from.
var shipped = [...][4]shippedFile{
	{
		Regular:    {"Atkinson-Regular", coverAtkinson},
		Bold:       {"Atkinson-Bold", coverAtkinson},
		Italic:     {"Atkinson-Italic", coverAtkinson},
		BoldItalic: {"Atkinson-BoldItalic", coverAtkinson},
	},
	{Regular: {"NotoSans-Latin-Regular", coverLatin}, Bold: {"NotoSans-Latin-Bold", coverLatin}},
	{Regular: {"NotoSans-Greek-Regular", coverGreek}, Bold: {"NotoSans-Greek-Bold", coverGreek}},
	{Regular: {"NotoSans-Cyrillic-Regular", coverCyrillic}, Bold: {"NotoSans-Cyrillic-Bold", coverCyrillic}},
	{Regular: {"NotoSans-Hebrew-Regular", coverHebrew}, Bold: {"NotoSans-Hebrew-Bold", coverHebrew}},
	{Regular: {"NotoSans-Arabic-Regular", coverArabic}, Bold: {"NotoSans-Arabic-Bold", coverArabic}},
	{Regular: {"NotoSans-Thai-Regular", coverThai}, Bold: {"NotoSans-Thai-Bold", coverThai}},
	{Regular: {"NotoSans-Devanagari-Regular", coverDevanagari}, Bold: {"NotoSans-Devanagari-Bold", coverDevanagari}},
	{Regular: {"NotoSans-Symbols-Regular", coverSymbols}, Bold: {"NotoSans-Symbols-Bold", coverSymbols}},
	{Regular: {"NotoSans-Symbols2-Regular", coverSymbols2}},
	{Regular: {"NotoSans-Math-Regular", coverMath}},
}

// Web is the file of an embedded face of the first family, for a page in a browser.
func Web(s Style) []byte {
	data, err := files.ReadFile("ttf/" + shipped[0][s].name + ".ttf")
	if err != nil {
		panic(err) // the names are constants
	}
	return data
}
