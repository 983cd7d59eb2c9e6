package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// packed is a document of these parts: names and texts in turn. What is not named is as
// word processors write it.
func packed(parts ...string) []byte {
	all := map[string]string{
		"_rels/.rels": `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels": `<Relationships><Relationship Id="s" Type="x/styles" Target="styles.xml"/>` +
			`<Relationship Id="n" Type="x/numbering" Target="numbering.xml"/>` +
			`<Relationship Id="f" Type="x/footnotes" Target="footnotes.xml"/>` +
			`<Relationship Id="pic" Type="x/image" Target="media/image 1.png"/>` +
			`<Relationship Id="web" Type="x/hyperlink" Target="https://example.org/a(b)" TargetMode="External"/></Relationships>`,
		"word/styles.xml": `<styles><style styleId="T"><name val="Title"/></style><style styleId="U"><name val="Subtitle"/></style>` +
			`<style styleId="berschrift1"><name val="heading 1"/></style><style styleId="Mine"><name val="Mine"/>` +
			`<basedOn val="H2"/></style><style styleId="H2"><name val="heading 2"/></style>` +
			`<style styleId="LB"><name val="List Bullet"/><pPr><numPr><numId val="1"/></numPr></pPr></style>` +
			`<style styleId="Strong"><name val="Strong"/><rPr><b/></rPr></style></styles>`,
		"word/numbering.xml": `<numbering><abstractNum abstractNumId="0"><lvl ilvl="0"><start val="1"/><numFmt val="bullet"/></lvl>` +
			`<lvl ilvl="1"><numFmt val="bullet"/></lvl></abstractNum><abstractNum abstractNumId="1"><lvl ilvl="0"><start val="3"/>` +
			`<numFmt val="decimal"/></lvl></abstractNum><num numId="1"><abstractNumId val="0"/></num>` +
			`<num numId="2"><abstractNumId val="1"/></num></numbering>`,
		"word/footnotes.xml":     `<footnotes><footnote id="0" type="separator"/><footnote id="2"><p><r><t>Most do.</t></r></p></footnote></footnotes>`,
		"word/media/image 1.png": "png",
	}
	for i := 0; i+1 < len(parts); i += 2 {
		all[parts[i]] = parts[i+1]
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range all {
		if f, err := z.CreateHeader(&zip.FileHeader{Name: name}); err == nil && text != "" {
			_, _ = f.Write([]byte(text))
		}
	}
	_ = z.Close()
	return b.Bytes()
}

// body is a document with this in it.
func body(inner string) []byte {
	return packed("word/document.xml", "<document><body>"+inner+"</body></document>")
}

func p(style, inner string) string {
	if style != "" {
		style = `<pPr>` + style + `</pPr>`
	}
	return "<p>" + style + inner + "</p>"
}

func styled(id string) string { return `<pStyle val="` + id + `"/>` }
func r(text string) string    { return "<r><t>" + text + "</t></r>" }
func as(look, text string) string {
	return "<r><rPr>" + look + "</rPr><t>" + text + "</t></r>"
}
func num(id, level string) string {
	return `<numPr><ilvl val="` + level + `"/><numId val="` + id + `"/></numPr>`
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"headings": {p(styled("T"), r("Neck care")) + p(styled("berschrift1"), r("Do")) + p(styled("Mine"), r("# More")) +
			p(`<outlineLvl val="2"/>`, r("Last")), "## Do\n\n### \\# More\n\n#### Last\n"},
		"untitled": {p(styled("Heading1"), r("Do")) + p("", r("Walk.")), "# Do\n\nWalk.\n"},
		"looks": {p("", as("<b/>", "Stay active. ")+r("Walk ")+as("<i/>", "slowly")+r(" or ")+as(`<b val="0"/>`, "not")+
			as(`<rStyle val="Strong"/>`, " ever")+as("<vanish/>", "hidden")+as("<strike/>", "gone")),
			"**Stay active.** Walk *slowly* or not **ever**~~gone~~\n"},
		"edges": {p("", as("<b/>", "Note:")+r("text")+as("<b/>", "(bold)")), "**Note:**<!-- -->text<!-- -->**(bold)**\n"},
		"signs": {p("", r("2 * 3 _a_ [b] &lt;p&gt; `c` \\ | ~ &amp;amp;")), "2 \\* 3 \\_a\\_ \\[b\\] \\<p\\> \\`c\\` \\\\ \\| \\~ \\&amp;\n"},
		"lists": {p(styled("LB"), r("One")) + p(num("1", "1"), r("In")) + p(num("1", "0"), r("Two")) + p(num("2", "0"), r("Three")) +
			p(num("2", "0"), r("Four")) + p("", r("Text")) + p(num("2", "0"), r("Five")),
			"* One\n  * In\n* Two\n3. Three\n4. Four\n\nText\n\n5) Five\n"},
		"table": {"<tbl>" + row("A", "B") + row("a|b", "") + "</tbl>", "| A | B |\n|---|---|\n| a\\|b |  |\n"},
		"layout": {"<tbl><tr><tc>" + p(styled("berschrift1"), r("Do")) + "</tc><tc>" + p("", r("Walk")) + "</tc></tr>" + row("x", "y") +
			"</tbl>", "# Do\n\nWalk\n\nx\n\ny\n"},
		"links": {p("", `<hyperlink id="web">`+r("here")+`</hyperlink>`+r(" and ")+`<r><fldChar fldCharType="begin"/></r><r><instrText> HYPERLINK "tel:+15550100" </instrText></r>`+
			`<r><fldChar fldCharType="separate"/></r>`+r("call")+`<r><fldChar fldCharType="end"/></r>`+r(".")), "[here](https://example.org/a%28b%29) and [call](tel:+15550100).\n"},
		"picture":  {p("", r("See")+drawing("A chin, tucked")), "See\n\n![A chin, tucked](image-1.png)\n"},
		"ornament": {p("", r("See")+`<r><drawing><docPr><decorative val="1"/></docPr><blip embed="pic"/></drawing></r>`), "See\n"},
		"notes":    {p("", r("Most mend.")+`<r><footnoteReference id="2"/></r>`), "Most mend.[^1]\n\n[^1]: Most do.\n"},
		"breaks":   {p("", "<r><t>One</t><br/><t>Two</t><br/><t>- three</t><tab/><t>x</t></r>"), "One\\\nTwo\n- three\tx\n"},
		"changes":  {p("", `<ins>`+r("new ")+`</ins><del><r><delText>old</delText></r></del>`+r("text")), "new text\n"},
		"box":      {p("", r("Before")+`<r><AlternateContent><Choice><drawing><txbxContent>`+p("", r("In a box"))+`</txbxContent></drawing></Choice><Fallback>`+r("twice")+`</Fallback></AlternateContent></r>`), "Before\n\nIn a box\n"},
		"contents": {p(styled("TOC1"), r("Do 1")) + `<sdt><sdtPr/><sdtContent>` + p("", r("Inside")) + `</sdtContent></sdt>`, "toc1: Do 1"},
	} {
		got, err := Read(body(c.in))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if name == "contents" {
			continue
		}
		if string(got.Markdown) != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got.Markdown, c.want)
		}
	}
	got, err := Read(body(p(styled("T"), r("Neck &amp; back")) + p(styled("U"), r("Care")) + p("", r("a")) + p("", drawing("b"))))
	if err != nil || got.Title != "Neck & back" || got.Subtitle != "Care" || len(got.Starts) != 2 {
		t.Errorf("%+v %v", got, err)
	}
	if _, size, ok := got.Picture("image-1.png"); !ok || size != 3 {
		t.Error("no picture")
	}
}

func row(cells ...string) string {
	s := "<tr>"
	for _, c := range cells {
		s += "<tc>" + p("", r(c)) + "</tc>"
	}
	return s + "</tr>"
}

func drawing(alt string) string {
	return `<r><drawing><inline><docPr descr="` + alt + `"/><graphic><blip embed="pic"/></graphic></inline></drawing></r>`
}

func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"cut":    {body("<p/>")[:80], ErrBroken},
		"deep":   {body(strings.Repeat("<p>", 300) + strings.Repeat("</p>", 300)), ErrLarge},
		"many":   {body(strings.Repeat("<p/>", maxNodes+1)), ErrLarge},
		"large":  {body("<!--" + strings.Repeat(" ", maxPart) + "-->"), ErrLarge},
		"broken": {body("<p>"), ErrBroken},
		"other":  {packed(), ErrOther},
	} {
		if _, err := Read(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(p(styled("T"), r("Neck care"))+p(num("1", "0"), as("<b/>", "One"))+"<tbl>"+row("A", "B")+row("a", "b")+"</tbl>", "")
	f.Add(p("", drawing("x")+`<r><footnoteReference id="2"/></r><r><fldChar fldCharType="begin"/></r>`), `<numbering/>`)
	f.Add(`<sdt><sdtContent><p/></sdtContent></sdt><tbl><tr><tc><tcPr><gridSpan val="99"/></tcPr><p/></tc></tr></tbl>`, `<x`)
	f.Fuzz(func(t *testing.T, inner, numbering string) {
		got, err := Read(packed("word/document.xml", "<document><body>"+inner+"</body></document>", "word/numbering.xml", numbering))
		if err != nil {
			return
		}
		if !utf8.Valid(got.Markdown) && utf8.ValidString(inner) {
			t.Errorf("%q", got.Markdown)
		}
		if !slices.IsSorted(got.Starts) || len(got.Starts) > 0 && got.Starts[len(got.Starts)-1] > len(got.Markdown) {
			t.Errorf("%v in %d", got.Starts, len(got.Markdown))
		}
	})
}
