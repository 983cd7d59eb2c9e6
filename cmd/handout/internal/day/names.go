package day

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"handout/cmd/handout/internal/press"
	"handout/content/visits"
	"handout/output/store"
)

// wish is what a row's file would be called if no other row liked the same name:
// by its patient where that is asked for, else by its visit's number.
func (r *roster) wish(row *visits.Row) string {
	if r.Named {
		return cmp.Or(fileName(row.Name), rowName(row))
	}
	odd := func(c rune) bool {
		return !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_')
	}
	if row.ID == "" || len(row.ID) > 40 || strings.ContainsFunc(row.ID, odd) {
		return rowName(row)
	}
	return "visit-" + row.ID
}

func rowName(row *visits.Row) string {
	if row.Part > 0 {
		return fmt.Sprintf("row-%04d-%d", row.Number, row.Part)
	}
	return fmt.Sprintf("row-%04d", row.Number)
}

// file is the name of a row's file. A visit keeps its name when the list is
// exported anew; without a visit's number the row is all there is.
func (r *roster) file(row *visits.Row) string {
	name := r.plainFile(row)
	return name + r.apart[folded(name)] + ".pdf"
}

// plainFile is the name without what is added for another's page, and without an ending.
func (r *roster) plainFile(row *visits.Row) string {
	wish := r.wish(row)
	if r.taken[folded(wish)] > 1 {
		wish += "." + rowName(row) // no wish has a dot, so that nobody else likes this
	}
	return wish
}

// who stands for a row's person in the ledger, and for nobody to whoever does not have
// the folder's key.
func (r *roster) who(row *visits.Row) store.Code {
	return r.key.Sum([]byte("who\x00" + folded(row.Name) + "\x00" + row.Person())).Code(0)
}

// listMark stands for the list's path in the same way.
func (r *roster) listMark() store.Code {
	return r.key.Sum([]byte("list\x00" + press.WholePath(r.Path))).Code(0)
}

// keepPages has the pages of others keep their files: those of another day, for a list
// may number its visits from 1 each day, and those that another list made for people
// whom this one does not have. The newest page of a file's name counts. A list that does
// not say its days may be one that goes on after midnight: its pages take the place of
// those before, and that is said.
func (r *roster) keepPages(rows []*visits.Row, ledger *store.Ledger) {
	r.apart = map[string]string{}
	if ledger.Len() == 0 {
		return
	}
	wanted, here := map[string]bool{}, map[store.Code]bool{}
	for _, row := range rows {
		wanted[folded(r.plainFile(row))] = true
	}
	for i := range r.List.Rows { // those left out are not strangers either
		here[r.who(&r.List.Rows[i])] = true
	}
	newest := map[string]store.Entry{} // by file, of the names wanted, also with something added
	for e := range ledger.All() {
		name := folded(strings.TrimSuffix(e.File, ".pdf"))
		for end := len(name); end > 0; end = strings.LastIndexByte(name[:end], '.') {
			if wanted[name[:end]] {
				if e.Run >= newest[name].Run {
					newest[name] = e
				}
				break
			}
		}
	}
	over, mine := 0, r.listMark()
	for _, row := range rows {
		name := folded(r.plainFile(row))
		added := ""
		if e := newest[name]; e.Day != "" && e.Day != r.day(row).Format(time.DateOnly) {
			if r.undated(row) {
				over++
				continue
			}
			added = "." + r.day(row).Format(time.DateOnly)
		}
		others := func(e store.Entry) bool {
			return e.List != store.Code{} && e.List != mine && e.Who != store.Code{} && !here[e.Who]
		}
		free := added
		for n := 2; others(newest[name+free]); n++ {
			free = fmt.Sprintf("%s.%d", added, n)
		}
		r.apart[name] = free
	}
	if over > 0 {
		r.notes = append(r.notes, Note{Kind: DayUnsaid, N: over})
	}
}

// fileName is a person's name as every system takes it in a file's: letters,
// digits, marks and single hyphens; at most 120 bytes. Windows keeps some names for
// devices: those end in a hyphen.
func fileName(name string) string {
	var b []byte
	for _, c := range name {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c):
			b = utf8.AppendRune(b, c)
		case len(b) > 0 && b[len(b)-1] != '-':
			b = append(b, '-')
		}
		if len(b) > 120-utf8.UTFMax {
			break
		}
	}
	file := strings.TrimSuffix(string(b), "-")
	if device.MatchString(file) {
		file += "-"
	}
	return file
}

// device is what Windows keeps for devices, with any ending.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|conin|conout|com[0-9]|lpt[0-9])$`)

// folded is the same for names that are one to some file system: NTFS and APFS know no
// capitals, and APFS no two ways to write é.
func folded(name string) string { return cases.Fold().String(norm.NFC.String(name)) }
