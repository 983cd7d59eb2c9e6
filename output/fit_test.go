package output

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"handout/content"
	"handout/fonts"
	"handout/layout"
)

// spoken are some words in each of the six languages, from which a page with every part is
// made: no language has the words of another.
var spoken = map[string][]string{
	"en": strings.Fields("keep moving a little every day and rest when you need to"),
	"de": strings.Fields("bewegen Sie sich jeden Tag ein wenig Oberschenkelmuskelzerrung und ruhen"),
	"es": strings.Fields("camine un poco cada día y descanse cuando haga falta niño"),
	"vi": strings.Fields("mỗi ngày hãy đi bộ một chút và nghỉ ngơi khi cần"),
	"he": strings.Fields("אפשר לקרוא עוד על הכאב ועל מה שעוזר בכל יום"),
	"ar": strings.Fields("يمكن أن تقرأ المزيد عن الألم وما يساعد كل يوم"),
}

// parts is a handout in a language with the parts that a page may have, links and
// footnotes in all of them.
func parts(lang string, n int) string {
	words := spoken[lang]
	w := func(many int) string {
		var b []string
		for i := range many {
			b = append(b, words[(n+i*i)%len(words)])
		}
		n++
		return strings.Join(b, " ")
	}
	link := func() string { return "[" + w(2+n%4) + "](https://harbourlane.example/a)" }
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\nsubtitle: %s\nlang: %s\n---\n%s %s %s +44 20 7946 0958.[^1]\n\n", w(3), w(5), lang, w(6), link(), link())
	fmt.Fprintf(&b, "## %s {.brief}\n\n- [ ] **%s.** %s\n- **%s.** %s %s\n\n", w(2), w(2), w(4), w(1), w(3), link())
	fmt.Fprintf(&b, "## %s {.optional}\n\n1. %s\n2. %s\n   - %s\n\n> %s\n\n### %s\n\n%s\n\n", w(2), w(4), link(), w(3), w(5), w(2), w(8))
	fmt.Fprintf(&b, "## %s {.optional}\n\n| %s | |\n|--|--|\n| %s | %s |\n| | %s |\n\n", w(1), w(1), link(), w(3), w(2))
	fmt.Fprintf(&b, "## %s\n\n```fields\n%s\n%s\n```\n\n```pain-scale\n%s\n```\n\n```code\nhttps://harbourlane.example/film\n%s\n```\n\n", w(1), w(2), w(9), w(4), w(3))
	fmt.Fprintf(&b, "```traffic-light\ngo: %s\nease: %s\nstop: %s\n```\n\n", w(3), w(4), w(3))
	if lang == "en" {
		b.WriteString("## Do\n\n```stretches\n```\n\n> [!WARNING]\n> **Stop** if it hurts.\n\n```diary\nweek\n```\n\n")
	}
	fmt.Fprintf(&b, "> [!NOTE] %s\n> %s %s\n\n> [!CAUTION]\n> **%s** %s {phone}\n\n[^1]: %s %s.\n", w(2), w(6), link(), w(2), w(5), w(4), link())
	return b.String()
}

// What layout makes of handouts in six languages, in every look and edition, punched or
// not, is a file that conforms, clause by clause: not only pages that tests make by hand.
func TestUAOfFit(t *testing.T) {
	brand := content.Neutral()
	brand.Name, brand.Tagline, brand.SmallPrint = "Harbour Lane", "Massage and movement", "This page does not replace the advice of your doctor."
	brand.Phones, brand.Address = []string{"(555) 010-0142", "+1 555 010 0143"}, []string{"12 Harbour Lane", "Springfield"}
	brand.Booking, brand.Email = "https://booking.example/book", "hello@harbourlane.example"
	lib, setter := content.Open(), layout.NewSetter(fonts.Default())
	count, refused, roles := 0, 0, map[layout.Role]bool{}
	for _, lang := range []string{"en", "de", "es", "vi", "he", "ar"} {
		for i, look := range layout.Looks() {
			for k, edition := range []string{layout.Standard, layout.BW, layout.Large} {
				raw, err := content.ReadHandout(fstest.MapFS{"x.md": {Data: []byte(parts(lang, 3*i+k))}}, "x.md")
				if err != nil {
					t.Fatal(err)
				}
				v := content.Visit{Patient: names[(i+5*k)%len(names)].name, Date: made, Next: "28 March, 10:00", Note: "Go easy.", Code: "K7Q2-0417", Large: edition == layout.Large}
				if lang == "en" {
					v.Chosen, v.Stretches = true, []content.Choice{{ID: "cat-cow"}}
				}
				h, err := lib.Personalise(raw, brand, v)
				if err != nil {
					t.Fatal(err)
				}
				sheet := layout.Sheet{Brand: brand, Paper: layout.A4, Look: look.ID, Edition: edition, Punch: k == i%3, MinType: 9 * layout.Point}
				if h.Stretches(v.Large) == 0 {
					sheet.Look = ""
				}
				if edition == layout.Large {
					// Three times the text needs three times the page.
					sheet.Paper.H, sheet.MinType = 3*sheet.Paper.H, 0
				}
				page, _, err := setter.Fit(h, sheet)
				var over *layout.OverflowError
				if errors.As(err, &over) {
					refused++
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				at := fmt.Sprintf("fit-%s-%s-%s", lang, look.ID, edition)
				j := newJudge(t, write(t, page, at))
				count++
				for _, tag := range page.Tags {
					roles[tag.Role] = true
				}
				for _, c := range clauses {
					if c.clause == "7.3-1" && edition == layout.Large {
						continue // the judge's page is not so tall
					}
					if err := c.holds(j); err != nil {
						t.Errorf("%s: %s: not so that %s: %v", at, c.clause, c.claim, err)
					}
				}
			}
		}
	}
	if count < 50 || len(roles) < 19 {
		t.Errorf("%d pages with %d roles, %d refused: this proves too little", count, len(roles), refused)
	}
}
