package visits

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/cases"
)

// What is one visit, and one person: docs/day.md says it in words.
//
// Two rows are one where they ask for the same page, for the same person, at the same
// time (or under one number, on the same day), and nothing speaks against it: not two
// different numbers of the visit, nor two therapists. Then there is one page. Where
// anything speaks against it each row has its page, for to make one too many is
// better than to lose one. Rows for nobody, such as two walk-ins of one hour, are two
// people as long as no number says that they are one visit.
//
// A person is their name, with whatever else the list says of who it is: the
// patient's number, the birth date, the addresses.

// most is how many pairs of rows a note names.
const most = 5

// identify finds the rows that are there twice, those that share a number, and the
// people whom only their addresses tell apart.
func (in *intake) identify() {
	in.findParts()
	in.findAnother()
	in.findSame()
	in.findSeveral()
	in.findAlike()
	in.findNumbered()
}

// findParts tells the rows of one number apart: a FHIR appointment has a row for each
// of its patients.
func (in *intake) findParts() {
	rows := in.list.Rows
	for i, n := 0, 0; i < len(rows); i += n {
		for n = 1; i+n < len(rows) && rows[i+n].Number == rows[i].Number; {
			n++
		}
		for part := range n {
			if n > 1 {
				rows[i+part].Part = part + 1
			}
		}
	}
}

// findAnother tells apart those whom no name, patient's number, birth date or visit number does.
func (in *intake) findAnother() {
	before := map[digest]int{}
	for i := range in.list.Rows {
		r := &in.list.Rows[i]
		if !r.live() || !r.Nobody || r.ID != "" || r.PatientID != "" || !r.Born.IsZero() {
			continue
		}
		at := digestOf(r.Start.Format(time.DateTime)) // whatever it calls them: their pages have no name
		r.Another = before[at]
		before[at]++
	}
}

// digest stands for what a row asks for: a long list would be there twice if its
// words did.
type digest [16]byte

func digestOf(words ...string) digest {
	all := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return digest(all[:])
}

// apart are the fields in which two rows that are one may differ. All others are in what
// a row asks for, one that is added tomorrow too.
var apart = []string{"Number", "Part", "ID", "Start", "Therapist", "Consent", "OddLang", "Password", "Undated", "Alike",
	"Doubtful", "Skip", "Err", "EmailErr"}

// asked are the places of the others; name and addresses are compared in words of their
// own.
var asked = func() (list []int) {
	row := reflect.TypeFor[Row]()
	for i := range row.NumField() {
		if name := row.Field(i).Name; name != "Name" && name != "Emails" && !slices.Contains(apart, name) {
			list = append(list, i)
		}
	}
	return list
}()

// asks is what the row asks for, and for whom, in words.
func (r *Row) asks() string {
	b := make([]byte, 0, 256)
	b = append(append(append(b, cases.Fold().String(r.Name)...), 0), r.addresses()...)
	v := reflect.ValueOf(r).Elem()
	for _, i := range asked {
		b = append(b, 0)
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			b = append(b, f.String()...)
		case reflect.Bool:
			b = strconv.AppendBool(b, f.Bool())
		default:
			b = fmt.Append(b, f.Interface())
		}
	}
	return string(b)
}

// meets is what two rows that are one have in common: the page, the person and the
// time; or the visit's number and the day, in place of the time.
func (in *intake) meets(i int) []digest {
	r := &in.list.Rows[i]
	what := r.asks()
	keys := []digest{digestOf("time", r.Start.Format(time.DateTime), what)}
	if r.ID != "" {
		keys = append(keys, digestOf("number", r.ID, r.Start.Format(time.DateOnly), what))
	}
	return keys
}

// findSame leaves out rows that ask for what another does, and says so; and says it
// of those that would, if their numbers or therapists were not two. Which of them
// stays does not hang on their order: it is the one that says most.
func (in *intake) findSame() {
	rows := in.list.Rows
	count := make(map[digest]int32, len(rows))
	for i := range rows {
		if rows[i].live() {
			for _, k := range in.meets(i) {
				count[k]++
			}
		}
	}
	keys := map[int][]digest{} // of the few rows that meet another
	var order []int
	for i := range rows {
		if !rows[i].live() {
			continue
		}
		if met := slices.DeleteFunc(in.meets(i), func(k digest) bool { return count[k] < 2 }); len(met) > 0 {
			keys[i] = met
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &rows[i], &rows[j]
		last := func(a, b string) int { // nothing comes after anything
			if (a == "") != (b == "") {
				return -strings.Compare(a, b)
			}
			return strings.Compare(a, b)
		}
		return cmp.Or(last(a.ID, b.ID), last(a.Therapist, b.Therapist), a.Start.Compare(b.Start),
			strings.Compare(a.Name, b.Name), i-j)
	})
	// The first row with a number and a therapist, with either of them, or with any.
	first, met := map[digest]int{}, map[digest]int{}
	var same, apart []string
	for _, i := range order {
		if at, ok := rows[i].sameAs(keys[i], first); ok {
			rows[i].Skip = fmt.Sprintf("the same as row %s", rows[at].Place())
			same = append(same, rows[i].Place()+" as "+rows[at].Place())
			if rows[i].Consent == Refused || rows[i].Consent == Unclear {
				rows[at].Consent = Refused // whatever the other says
			}
			continue
		}
		for n, k := range keys[i] {
			if at, ok := met[k]; !ok {
				met[k] = i
			} else if n == 0 {
				apart = append(apart, rows[min(i, at)].Place()+" and "+rows[max(i, at)].Place())
			}
			for _, id := range []string{rows[i].ID, anything} {
				for _, therapist := range []string{rows[i].Therapist, anything} {
					if k := digestOf(string(k[:]), id, therapist); first[k] == 0 {
						first[k] = i + 1
					}
				}
			}
		}
	}
	in.tell("rows that are there twice have one page", same)
	in.tell("rows of one person at one time, with two visit numbers or therapists, have a page each", apart)
}

// findSeveral tells of those who have several pages of one time, as somebody has whose stretches stand in a row each.
func (in *intake) findSeveral() {
	rows := in.list.Rows
	first := make(map[digest]int, len(rows))
	var said []string
	for i := range rows {
		r := &rows[i]
		if !r.live() || r.Nobody {
			continue
		}
		who := digestOf(r.Start.Format(time.DateTime), cases.Fold().String(r.Name), r.Person(), r.addresses())
		if at, ok := first[who]; !ok {
			first[who] = i
		} else if rows[at].asks() != r.asks() {
			said = append(said, rows[at].Place()+" and "+r.Place())
		}
	}
	in.tell("rows of one person at one time that ask for different pages have a page each", said)
}

// findNumbered tells of names with a number in them: a time, a room or a service may stand in their cells too.
func (in *intake) findNumbered() {
	var said []string
	for i := range in.list.Rows {
		if r := &in.list.Rows[i]; r.live() && strings.ContainsAny(r.Name, "0123456789") {
			said = append(said, r.Place())
		}
	}
	in.tell("names with a number in them, as if more than a name stood in the cell", said)
}

const anything = "\x01" // stands in no cell

// sameAs finds the first of the rows that r meets which has no other visit number and
// no other therapist. Where r has none itself, any will do.
func (r *Row) sameAs(meets []digest, first map[digest]int) (at int, found bool) {
	allows := func(s string) []string {
		if s == "" {
			return []string{anything}
		}
		return []string{s, ""}
	}
	for _, k := range meets {
		for _, id := range allows(r.ID) {
			for _, therapist := range allows(r.Therapist) {
				if i := first[digestOf(string(k[:]), id, therapist)]; i > 0 && (!found || i-1 < at) {
					at, found = i-1, true
				}
			}
		}
	}
	return at, found
}

// findAlike marks people of one name at one visit whom only their addresses tell apart.
func (in *intake) findAlike() {
	rows := in.list.Rows
	who := func(r *Row) digest {
		return digestOf(r.ID, r.Start.Format(time.DateTime), cases.Fold().String(r.Name), r.Person())
	}
	address, alike := make(map[digest]digest, len(rows)), map[digest]bool{}
	for i := range rows {
		if r := &rows[i]; r.live() {
			k, a := who(r), digestOf(r.addresses())
			if before, ok := address[k]; ok && before != a {
				alike[k] = true
			}
			address[k] = a
		}
	}
	if len(alike) == 0 {
		return
	}
	for i := range rows {
		rows[i].Alike = rows[i].live() && alike[who(&rows[i])]
	}
}

// tell makes a note of some rows.
func (in *intake) tell(what string, rows []string) {
	if len(rows) == 0 {
		return
	}
	said := strings.Join(rows[:min(len(rows), most)], ", ")
	if more := len(rows) - most; more > 0 {
		said += fmt.Sprintf(", and %d more", more)
	}
	in.list.Notes = append(in.list.Notes, what+": "+said)
}
