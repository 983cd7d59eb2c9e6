package sheet

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"handout/content"
)

// Workbook is a spreadsheet in the format of ISO/IEC 29500-1 (SpreadsheetML) or, as in
// ods.go, of OpenDocument, read as a stream and without forgiveness: what is damaged is an
// error, for the rows that a lenient reader steps over are patients.
type Workbook struct {
	parts  map[string]*zip.File // by name, in small letters
	Sheets []Sheet              // in the order of their tabs
	From04 bool                 // days are counted from 1904
	texts  texts
}

// Sheet is one of a workbook. Its name is not told: it may be a person's.
type Sheet struct {
	Hidden bool
	Rows   Table
	Merged *[]Merge // known once all rows were read
}

// Merge is a cell that stands for those below it too, which are empty.
type Merge struct {
	Column      int // from 0
	First, Last int // rows
}

// maxMerged is how many of them are told.
const maxMerged = 10_000

// texts are the shared strings, one after the other in one piece.
type texts struct {
	all  string
	ends []int
}

func (t texts) at(i int) (string, bool) {
	switch {
	case i < 0 || i >= len(t.ends):
		return "", false
	case i == 0:
		return t.all[:t.ends[0]], true
	}
	return t.all[t.ends[i-1]:t.ends[i]], true
}

// Limits of the shared strings, which are held.
const (
	maxTexts  = 2_000_000
	maxShared = 64 << 20 // bytes of their part, unfolded
)

const saveAgain = "open it in the spreadsheet program and save it again, or as CSV"

func brokenBook() error { return fault("broken-spreadsheet", saveAgain, "the spreadsheet is broken") }

// OpenWorkbook reads all of a workbook but its sheets.
func OpenWorkbook(data string) (*Workbook, error) {
	z, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fault("broken-archive", "export it again", "the file is cut short or broken")
	}
	if err := checkZip(z); err != nil {
		return nil, err
	}
	b := &Workbook{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		name := partName(f.Name)
		if b.parts[name] != nil {
			return nil, brokenBook() // which of the two is meant?
		}
		b.parts[name] = f
	}
	if b.parts[odsContent] != nil {
		return b, b.readODS()
	}
	main := "xl/workbook.xml"
	for _, r := range b.relations("") {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			main = r.target
		}
	}
	var book struct {
		Pr struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			ID    string `xml:"id,attr"`
			State string `xml:"state,attr"`
		} `xml:"sheets>sheet"`
	}
	if !b.decode(main, &book) {
		return nil, fault("unreadable-spreadsheet", saveAgain, "the spreadsheet cannot be read")
	}
	b.From04 = yes(book.Pr.Date1904)
	sheets := map[string]string{}
	for id, r := range b.relations(main) {
		switch {
		case strings.HasSuffix(r.Type, "/worksheet"):
			sheets[id] = r.target
		case strings.HasSuffix(r.Type, "/sharedStrings"):
			if err := b.readTexts(r.target); err != nil {
				return nil, err
			}
		}
	}
	for _, s := range book.Sheets {
		if part, ok := sheets[s.ID]; ok { // a chart's sheet has no rows
			merged := new([]Merge)
			hidden := s.State == "hidden" || s.State == "veryHidden"
			b.Sheets = append(b.Sheets, Sheet{hidden, b.rows(part, merged), merged})
		}
	}
	return b, nil
}

// checkZip refuses what is no spreadsheet and what unfolds to too much. The sizes an
// archive declares can be relied on: package zip holds the contents to them.
func checkZip(z *zip.Reader) error {
	size, workbook, numbers := uint64(0), false, false
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return fault("locked-archive", "unpack it first", "this is an archive with a password")
		}
		if f.UncompressedSize64 > maxUnzip || size > maxUnzip {
			break
		}
		size += f.UncompressedSize64
		workbook = workbook || f.Name == "xl/workbook.xml" || f.Name == "[Content_Types].xml" || f.Name == odsContent
		numbers = numbers || strings.HasPrefix(f.Name, "Index/")
	}
	switch {
	case size > maxUnzip || len(z.File) > 0 && z.File[len(z.File)-1].UncompressedSize64 > maxUnzip:
		return fault("large-spreadsheet", "export fewer days",
			"the spreadsheet expands to more than %d MB", maxUnzip>>20)
	case numbers && !workbook:
		return fault("numbers-spreadsheet", "in Numbers: File, Export To, Excel or CSV",
			"this is a spreadsheet of Apple's Numbers, which only Numbers reads")
	case !workbook:
		return fault("archive-without-spreadsheet", "unpack it first", "this is an archive, not a spreadsheet")
	}
	return nil
}

// partName is how a part is found: some writers use backslashes and other capitals.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(s, `\`, "/")), "/"))
}

func yes(s string) bool { return s == "1" || s == "true" }

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	target string // from the root
}

// relations are what a part refers to, by its id; the part "" is the file itself.
func (b *Workbook) relations(part string) map[string]relation {
	var list struct {
		Relations []relation `xml:"Relationship"`
	}
	dir, base := path.Split(part)
	b.decode(dir+"_rels/"+base+".rels", &list)
	m := map[string]relation{}
	for _, r := range list.Relations {
		if r.target = partName(r.Target); !strings.HasPrefix(r.Target, "/") {
			r.target = partName(dir + r.Target)
		}
		m[r.ID] = r
	}
	return m
}

// maxSmall is how many bytes of the parts are read that are no sheet and no text.
const maxSmall = 8 << 20

func (b *Workbook) decode(part string, into any) bool {
	f := b.parts[part]
	if f == nil {
		return false
	}
	r, err := f.Open()
	if err != nil {
		return false
	}
	defer r.Close()
	return xml.NewDecoder(io.LimitReader(r, maxSmall)).Decode(into) == nil
}

// readTexts reads the shared strings (18.4).
func (b *Workbook) readTexts(part string) error {
	f := b.parts[part]
	switch {
	case f == nil:
		return brokenBook()
	case f.UncompressedSize64 > maxShared:
		return fault("large-spreadsheet-texts", "export fewer days",
			"the texts of the spreadsheet expand to more than %d MB", maxShared>>20)
	}
	r, err := f.Open()
	if err != nil {
		return brokenBook()
	}
	defer r.Close()
	var all strings.Builder
	d := decoder{Decoder: xml.NewDecoder(r)}
	err = d.document("sst", func(start xml.StartElement) error {
		if start.Name.Local != "si" {
			return d.Skip()
		}
		if len(b.texts.ends) == maxTexts {
			return fault("too-many-spreadsheet-texts", "export fewer days",
				"the spreadsheet has more than %d texts", maxTexts)
		}
		text, err := d.text(nil)
		all.WriteString(unescaped(string(text)))
		b.texts.ends = append(b.texts.ends, all.Len())
		return err
	})
	b.texts.all = all.String()
	if _, ours := err.(content.Errors); err != nil && !ours {
		return brokenBook()
	}
	return err
}
