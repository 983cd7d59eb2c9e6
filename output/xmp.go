package output

import (
	"bytes"
	"encoding/xml"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"handout/layout"
)

// producer is what the file says made it.
const producer = "handout"

// About is what a file says of itself to whoever looks at its properties: never a
// word about a patient.
type About struct {
	Title  string
	Author string    // the clinic; may be empty
	Lang   string    // BCP 47
	Made   time.Time // the year must be 1 to 9999
}

func aboutPage(p *layout.Page, made time.Time) About {
	return About{Title: p.Title, Author: p.Author, Lang: p.Lang, Made: made}
}

// check finds what would make bad metadata.
func (a *About) check() (errs []error) {
	if strings.TrimSpace(a.Title) == "" {
		errs = append(errs, errors.New("page: has no title"))
	}
	if !validLang(a.Lang) {
		errs = append(errs, errors.New("page: its language is not a language tag such as en or pt-BR"))
	}
	if !utf8.ValidString(a.Title) || !utf8.ValidString(a.Author) {
		errs = append(errs, errors.New("page: its title or author is not UTF-8"))
	}
	if year := a.Made.UTC().Year(); year < 1 || year > 9999 {
		errs = append(errs, errors.New("page: its date is not in the years 1 to 9999"))
	}
	return errs
}

// xmp is the metadata as an XMP packet (ISO 16684-1), the same facts as
// in the document information, and the claim to PDF/UA-1 (ISO 14289-1, clause 5).
// A file that is archived claims PDF/A-2a as well. It stays uncompressed so that tools
// which know no PDF can find it.
func (a *About) xmp(archive bool) *stream {
	var b bytes.Buffer
	b.Grow(3000)
	property := func(open, value, end string) {
		b.WriteString(open)
		// Writing to memory does not fail.
		xml.EscapeText(&b, []byte(value))
		b.WriteString(end)
	}
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + "\n" +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"` +
		` xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">` + "\n" +
		"<pdfuaid:part>1</pdfuaid:part>\n<dc:format>application/pdf</dc:format>\n")
	property(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`, a.Title, "</rdf:li></rdf:Alt></dc:title>\n")
	property("<dc:language><rdf:Bag><rdf:li>", a.Lang, "</rdf:li></rdf:Bag></dc:language>\n")
	if a.Author != "" {
		property("<dc:creator><rdf:Seq><rdf:li>", a.Author, "</rdf:li></rdf:Seq></dc:creator>\n")
	}
	when := a.Made.UTC().Format("2006-01-02T15:04:05Z")
	property("<xmp:CreateDate>", when, "</xmp:CreateDate>\n")
	property("<xmp:ModifyDate>", when, "</xmp:ModifyDate>\n")
	property("<pdf:Producer>", producer, "</pdf:Producer>\n")
	b.WriteString("</rdf:Description>\n")
	if archive {
		b.WriteString(archived)
	}
	b.WriteString("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return &stream{dict: newDict(2).set("Type", name("Metadata")).set("Subtype", name("XML")), data: b.Bytes()}
}

// information is the document information dictionary (14.3.3).
func (a *About) information() *dict {
	when := str(a.Made.UTC().Format("D:20060102150405Z"))
	d := newDict(5).set("Title", text(a.Title))
	if a.Author != "" {
		d.set("Author", text(a.Author))
	}
	return d.set("Producer", text(producer)).set("CreationDate", when).set("ModDate", when)
}

// catalog leads to all of a file (7.7.2). It asks the printer for one side of the paper,
// so that nobody takes home another's page on the back of their own, and for the size
// as it is (12.2).
func (a *About) catalog(pages, structure, metadata object) *dict {
	return newDict(8).set("Type", name("Catalog")).set("Pages", pages).
		set("Lang", text(a.Lang)).
		set("MarkInfo", newDict(1).set("Marked", boolean(true))).
		set("ViewerPreferences", newDict(4).set("DisplayDocTitle", boolean(true)).
			set("Duplex", name("Simplex")).set("PrintScaling", name("None"))).
		set("StructTreeRoot", structure).
		set("Metadata", metadata)
}
