package output

import (
	"encoding/binary"
	"math"
	"sync"
)

// A file that is to be read in thirty years is a PDF/A-2a as well (ISO 19005-2, level A):
// it says so, and what its colours mean. Records of patients are often kept in archives
// that take nothing else. A locked file is none: PDF/A allows no encryption (6.1.3).

// archived is what the metadata claim of PDF/A (ISO 19005-2, 6.6.4), and what PDF/A wants
// to be told of words it does not know: those of the claim to PDF/UA (6.6.2.3.3).
const archived = `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"` +
	` xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>the part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
`

// outputIntents says that the numbers of all colours are those of sRGB (ISO 32000-1,
// 14.11.5; ISO 19005-2, 6.2.3). The profile is put into the file by add.
func outputIntents(add func(object) object) array {
	profile := &stream{dict: newDict(2).set("N", integer(3)).set("Filter", name("FlateDecode")), data: packedProfile()}
	return array{newDict(5).set("Type", name("OutputIntent")).set("S", name("GTS_PDFA1")).
		set("OutputConditionIdentifier", text("sRGB")).set("Info", text("sRGB (IEC 61966-2-1)")).
		set("DestOutputProfile", add(profile))}
}

var packedProfile = sync.OnceValue(func() []byte { return well.pack(profile()) })

// profile is sRGB as an ICC profile of a display (ICC.1:2004-10, version 4.2, the newest
// that PDF 1.7 knows): three primaries and one curve, that of IEC 61966-2-1 to the
// letter. Colours are seen by the light of D50, to which those of sRGB's D65 are adapted
// by the Bradford matrix (its Annex E).
func profile() []byte {
	curve := []byte("para\x00\x00\x00\x00\x00\x03\x00\x00") // 10.15: linear below d
	curve = appendFixed16(curve, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)
	xyz := func(x, y, z float64) []byte { return appendFixed16([]byte("XYZ \x00\x00\x00\x00"), x, y, z) }
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", unicodeText("sRGB")},
		{"cprt", unicodeText("No copyright, use freely")},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"chad", appendFixed16([]byte("sf32\x00\x00\x00\x00"),
			1.04791, 0.02293, -0.0502, 0.0296, 0.99046, -0.01707, -0.00925, 0.01506, 0.75179)},
		{"rXYZ", xyz(0.43607, 0.22249, 0.01392)},
		{"gXYZ", xyz(0.38515, 0.71687, 0.09708)},
		{"bXYZ", xyz(0.14307, 0.06061, 0.71410)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil}, // nil: the same data as the one before
	}
	var data []byte
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	begin := 128 + 4 + 12*len(tags) // of the data; the header (7.2) and the table come before
	at, size := 0, 0
	for _, t := range tags {
		if t.data != nil {
			at, size = begin+len(data), len(t.data)
			data = append(data, t.data...)
			data = append(data, make([]byte, -len(data)&3)...)
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(at))
		table = binary.BigEndian.AppendUint32(table, uint32(size))
	}
	header := make([]byte, 128)
	binary.BigEndian.PutUint32(header, uint32(begin+len(data)))
	copy(header[8:], "\x04\x20\x00\x00mntrRGB XYZ ")
	for i, part := range []uint16{2026, 1, 1} { // of a date and time; the rest is midnight
		binary.BigEndian.PutUint16(header[24+2*i:], part)
	}
	copy(header[36:], "acsp")
	copy(header[68:], appendFixed16(nil, 0.9642, 1, 0.8249))
	return append(append(header, table...), data...)
}

// unicodeText is a multiLocalizedUnicodeType (10.13) with one text, in American English.
func unicodeText(ascii string) []byte {
	b := []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cenUS")
	b = binary.BigEndian.AppendUint32(b, uint32(2*len(ascii)))
	b = binary.BigEndian.AppendUint32(b, 28)
	for i := range len(ascii) {
		b = append(b, 0, ascii[i])
	}
	return b
}

// appendFixed16 writes numbers as s15Fixed16 (4.6), to the nearest.
func appendFixed16(b []byte, numbers ...float64) []byte {
	for _, v := range numbers {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}
