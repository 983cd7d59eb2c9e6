package output

import (
	"bytes"
	"encoding/xml"
	"time"

	"handout/layout"
)

// producer is what the file says made it.
const producer = "handout"

// xmp is the page's metadata as an XMP packet (ISO 16684-1), the same facts as
// in the document information, and the claim to PDF/UA-1 (ISO 14289-1, clause 5).
// It stays uncompressed so that tools which know no PDF can find it.
func xmp(p *layout.Page, made time.Time) *stream {
	var b bytes.Buffer
	b.Grow(1400)
	property := func(open, value, end string) {
		b.WriteString(open)
		// Writing to memory does not fail.
		xml.EscapeText(&b, []byte(value))
		b.WriteString(end)
	}
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + "\n" +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"` +
		` xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">` + "\n" +
		"<pdfuaid:part>1</pdfuaid:part>\n<dc:format>application/pdf</dc:format>\n")
	property(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`, p.Title, "</rdf:li></rdf:Alt></dc:title>\n")
	property("<dc:language><rdf:Bag><rdf:li>", p.Lang, "</rdf:li></rdf:Bag></dc:language>\n")
	if p.Author != "" {
		property("<dc:creator><rdf:Seq><rdf:li>", p.Author, "</rdf:li></rdf:Seq></dc:creator>\n")
	}
	when := made.UTC().Format("2006-01-02T15:04:05Z")
	property("<xmp:CreateDate>", when, "</xmp:CreateDate>\n")
	property("<xmp:ModifyDate>", when, "</xmp:ModifyDate>\n")
	property("<pdf:Producer>", producer, "</pdf:Producer>\n")
	b.WriteString("</rdf:Description>\n</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return &stream{newDict(2).set("Type", name("Metadata")).set("Subtype", name("XML")), b.Bytes()}
}

// information is the document information dictionary (14.3.3).
func information(p *layout.Page, made time.Time) *dict {
	when := str(made.UTC().Format("D:20060102150405Z"))
	d := newDict(5).set("Title", text(p.Title))
	if p.Author != "" {
		d.set("Author", text(p.Author))
	}
	return d.set("Producer", text(producer)).set("CreationDate", when).set("ModDate", when)
}
