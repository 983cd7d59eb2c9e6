package ease

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"handout/content"
)

// Item is the answer to one item of PEMAT-P, the Patient Education Materials
// Assessment Tool for printable materials (AHRQ 2013, Shoemaker, Wolf and Brach).
// The numbers are AHRQ's; 13 and 14 are for films alone. The words are ours.
type Item struct {
	Number  int    // 1 to 12 and 15 to 19 ask if it is understood, 20 to 26 if it can be acted on
	Asks    string // what the item is about
	Verdict Verdict
	Reason  string             // why, or what the person should ask; lower case, without a full stop
	Places  []content.Position // where it is not met, if it can be said
}

// Action tells the items on acting from those on understanding.
func (i *Item) Action() bool { return i.Number >= 20 }

// Verdict is what became of an item.
type Verdict uint8

const (
	NotChecked    Verdict = iota // only a person can judge it
	Met                          // as far as a machine can see
	NotMet                       // certainly
	NotApplicable                // by AHRQ's own rule for such a handout
)

func (v Verdict) String() string {
	return [...]string{"not checked", "met", "not met", "not applicable"}[v]
}

// PEMAT goes through the 24 items. A machine sees that something is missing far
// better than that it is good: what needs a reader is NotChecked, and in other
// languages than English all that hangs on words is. It looks at the handout as
// Personalise returns it, so with its stretches.
func PEMAT(h *content.Page) []Item {
	e := evidenceOf(h)
	items := make([]Item, len(pemat))
	for i, p := range pemat {
		items[i] = Item{Number: p.number, Asks: p.asks}
		items[i].Verdict, items[i].Reason, items[i].Places = p.judge(e)
		items[i].Places = slices.Compact(items[i].Places)
	}
	return items
}

// pemat is the tool: what each item asks, and how it is judged.
var pemat = [...]struct {
	number int
	asks   string
	judge  func(*evidence) (Verdict, string, []content.Position)
}{
	{1, "the purpose is plain", person("do the title and the first lines say what it is for?")},
	{2, "nothing distracts from it", person("does every line serve that?")},
	{3, "everyday words", (*evidence).everyday},
	{4, "medical words are explained", (*evidence).explained},
	{5, "active voice", (*evidence).active},
	{6, "numbers are clear", (*evidence).numbers},
	{7, "no sums to do", (*evidence).sums},
	{8, "short sections", (*evidence).chunks},
	{9, "headings say what follows", (*evidence).headings},
	{10, "the order makes sense", person("does one thing lead to the next?")},
	{11, "a summary", (*evidence).summary},
	{12, "what matters stands out", (*evidence).cues},
	{15, "pictures where they help", (*evidence).pictured},
	{16, "pictures say what the text says", (*evidence).reinforced},
	{17, "pictures have a title or caption", (*evidence).captioned},
	{18, "pictures are clear", (*evidence).uncluttered},
	{19, "simple tables with headings", (*evidence).tabled},
	{20, "at least one thing to do", (*evidence).actions},
	{21, "speaks to the reader", (*evidence).addressed},
	{22, "small, clear steps", (*evidence).steps},
	{23, "something to use", (*evidence).tool},
	{24, "sums are shown step by step", (*evidence).sumsShown},
	{25, "says how to use tables and charts", (*evidence).tablesUsed},
	{26, "pictures where they help to do it", (*evidence).shown},
}

// person leaves an item to a reader, with a question.
func person(question string) func(*evidence) (Verdict, string, []content.Position) {
	return func(*evidence) (Verdict, string, []content.Position) {
		return NotChecked, question, nil
	}
}

// foreign is the answer where an item hangs on words of a language we do not know.
const foreign = "the program knows English words only"

// everyday takes a reading grade for plain words: at most EasyGrade in English, at
// least the scale's normal in Spanish.
func (e *evidence) everyday() (Verdict, string, []content.Position) {
	switch {
	case e.Words == 0:
		return NotChecked, "there are no words", nil
	case e.english():
		reason := fmt.Sprintf("reading grade %s, and the limit is %d", GradeSaid(e.Grade()), EasyGrade)
		if e.Grade() > EasyGrade {
			return NotMet, reason, nil
		}
		return Met, reason, nil
	case e.spanish():
		reason := fmt.Sprintf("INFLESZ %.0f, %s, and the minimum is %d", e.INFLESZ(),
			INFLESZBand(e.INFLESZ()), EasyINFLESZ)
		if e.INFLESZ() < EasyINFLESZ {
			return NotMet, reason, nil
		}
		return Met, reason, nil
	}
	return NotChecked, "the program knows no measure for this language", nil
}

func (e *evidence) explained() (Verdict, string, []content.Position) {
	if !e.english() {
		return NotChecked, foreign, nil
	}
	if len(e.Terms) == 0 {
		return Met, "no word of our list goes unexplained", nil
	}
	var places []content.Position
	var words []string
	for _, t := range e.Terms {
		places = append(places, t.Position)
		if words = append(words, t.Word); len(words) == 4 {
			words[3] = "..."
		}
	}
	return NotMet, "not explained: " + strings.Join(words[:min(4, len(words))], ", "), places
}

// active allows one sentence of ten in the passive.
func (e *evidence) active() (Verdict, string, []content.Position) {
	if !e.english() {
		return NotChecked, foreign, nil
	}
	var places []content.Position
	for _, s := range e.said {
		if !s.heading && passive(s.words) {
			places = append(places, s.Position)
		}
	}
	reason := fmt.Sprintf("%d of %d sentences look passive", len(places), e.Sentences)
	if 10*len(places) > e.Sentences {
		return NotMet, reason, places
	}
	return Met, reason, nil
}

var (
	anyNumber = regexp.MustCompile(`[0-9]`)
	hard      = regexp.MustCompile(`[0-9] ?%|[0-9] per ?cent\b|\b[0-9]+\.[0-9]+\b`)
	sum       = regexp.MustCompile(
		`\b(calculate|add (up|together)|subtract|multiply|divide|work out (how|your|the)|` +
			`(times|half of|twice|double) your|(per ?cent|%) of (your|the)|per (kg|kilogram|pound)\b)`)
)

func (e *evidence) numbers() (Verdict, string, []content.Position) {
	places := e.saying(hard)
	switch {
	case places != nil:
		return NotMet, "say percents and decimals in whole numbers, like 1 in 10", places
	case e.saying(anyNumber) == nil && len(e.cards) == 0:
		return NotApplicable, "there are no numbers", nil
	}
	return NotChecked, "would everyone understand the numbers?", nil
}

func (e *evidence) sums() (Verdict, string, []content.Position) {
	if !e.english() {
		return NotChecked, foreign, nil
	}
	if places := e.saying(sum); places != nil {
		return NotMet, "the reader is asked to calculate", places
	}
	return Met, "the reader has nothing to calculate", nil
}

func (e *evidence) sumsShown() (Verdict, string, []content.Position) {
	switch {
	case !e.english():
		return NotChecked, foreign, nil
	case e.saying(sum) == nil:
		return NotApplicable, "there is nothing to calculate", nil
	}
	return NotChecked, "is the sum shown step by step?", nil
}

// saying finds the sentences that a pattern matches, in small letters.
func (e *evidence) saying(pattern *regexp.Regexp) (places []content.Position) {
	for _, s := range e.said {
		if pattern.MatchString(s.text) {
			places = append(places, s.Position)
		}
	}
	return places
}

func (e *evidence) chunks() (Verdict, string, []content.Position) {
	if e.short() {
		return NotApplicable, "the handout is very short", nil
	}
	var places []content.Position
	for _, p := range e.parts {
		places = append(places, p.long...)
		if p.words > longSection {
			places = append(places, p.Position)
		}
	}
	if places != nil {
		return NotMet, fmt.Sprintf("a paragraph of more than %d words, or a section of more than %d",
			longParagraph, longSection), places
	}
	return Met, counted(max(1, len(e.parts)-1), "section"), nil
}

func (e *evidence) headings() (Verdict, string, []content.Position) {
	if e.short() {
		return NotApplicable, "the handout is very short", nil
	}
	if len(e.parts) == 1 {
		return NotMet, "there are no headings", nil
	}
	var places []content.Position
	for i, p := range e.parts[1:] {
		title := strings.ToLower(strings.Trim(p.title, " .:!?"))
		twice := slices.ContainsFunc(e.parts[1:i+1], func(q part) bool { return strings.EqualFold(p.title, q.title) })
		if known().vague[title] || twice {
			places = append(places, p.Position)
		}
	}
	if places != nil {
		return NotMet, "a heading that says nothing, or one that appears twice", places
	}
	return Met, counted(len(e.parts)-1, "heading") + ", each its own", nil
}

func (e *evidence) summary() (Verdict, string, []content.Position) {
	switch {
	case e.summed:
		return Met, "a part says that it sums up", nil
	case e.short():
		return NotApplicable, "the handout is very short", nil
	case !e.english() && !e.spanish():
		return NotChecked, foreign, nil
	}
	return NotMet, "no part is called a summary; end with one, like: ## In short", nil
}

func (e *evidence) cues() (Verdict, string, []content.Position) {
	if e.marked || len(e.cards) > 0 {
		return Met, "there are lists, boxes or bold words", nil
	}
	return NotMet, "no lists, no boxes and no bold words", nil
}

// aids is how many pictures there are.
func (e *evidence) aids() int {
	n := len(e.figures)
	for _, c := range e.cards {
		if c.Stretch != nil {
			n += len(c.Stretch.Frames)
		}
	}
	return n
}

func (e *evidence) pictured() (Verdict, string, []content.Position) {
	return NotChecked, "would more pictures help? there are " + strconv.Itoa(e.aids()), nil
}

func (e *evidence) reinforced() (Verdict, string, []content.Position) {
	if e.aids() == 0 {
		return NotApplicable, "there are no pictures", nil
	}
	return NotChecked, "do the pictures show what the text says?", nil
}

func (e *evidence) uncluttered() (Verdict, string, []content.Position) {
	if e.aids() == 0 {
		return NotApplicable, "there are no pictures", nil
	}
	return NotChecked, "is each picture clear at its size?", nil
}

func (e *evidence) captioned() (Verdict, string, []content.Position) {
	var places []content.Position
	for _, f := range e.figures {
		if len(f.Caption) == 0 {
			places = append(places, f.Position)
		}
	}
	switch {
	case places != nil:
		return NotMet, "a picture without a caption", places
	case e.aids() == 0:
		return NotApplicable, "there are no pictures", nil
	}
	return Met, "each has a name or a caption", nil
}

// tabled wants at most five columns, with headings of at most four words. A diary
// is always so.
func (e *evidence) tabled() (Verdict, string, []content.Position) {
	var places []content.Position
	for _, t := range e.tables {
		wide := len(t.Rows) > 0 && len(t.Rows[0]) > 5
		for _, cell := range t.Rows[:min(1, len(t.Rows))] {
			for _, c := range cell {
				n := len(wordsOf(c.String()))
				wide = wide || n == 0 || n > 4
			}
		}
		if wide {
			places = append(places, t.Position)
		}
	}
	switch {
	case places != nil:
		return NotMet, "a table of more than 5 columns, or with a heading that is long or missing", places
	case len(e.tables) == 0 && !e.diary:
		return NotApplicable, "there are no tables", nil
	}
	return Met, "few columns, each with a short heading", nil
}

func (e *evidence) tablesUsed() (Verdict, string, []content.Position) {
	if len(e.tables) == 0 && !e.diary {
		return NotApplicable, "there are no tables or charts", nil
	}
	return NotChecked, "does the text say how to use the table?", nil
}

// asked counts the sentences that tell the reader to do something.
func (e *evidence) asked() (n int) {
	for _, s := range e.said {
		if s.imperative() {
			n++
		}
	}
	return n
}

func (e *evidence) actions() (Verdict, string, []content.Position) {
	switch n := e.asked(); {
	case len(e.cards) > 0:
		return Met, "there are stretches to do", nil
	case !e.english():
		return NotChecked, foreign, nil
	case n == 0:
		return NotMet, "no sentence says what to do", nil
	default:
		return Met, counted(n, "sentence") + " to act on", nil
	}
}

// addressed asks whether more is said to the reader than of patients.
func (e *evidence) addressed() (Verdict, string, []content.Position) {
	if !e.english() {
		return NotChecked, foreign, nil
	}
	to := 0
	var of []content.Position
	for _, s := range e.said {
		second, third := false, false
		for _, w := range s.words {
			switch w {
			case "you", "your", "yours", "yourself", "you're", "you’re", "you'll", "you’ll":
				second = true
			}
			third = third || known().patients[w]
		}
		switch {
		case second || s.imperative():
			to++
		case third:
			of = append(of, s.Position)
		}
	}
	reason := counted(to, "sentence") + " to the reader"
	switch {
	case to == 0 && of == nil:
		return NotMet, "no sentence speaks to the reader", nil
	case to <= len(of):
		return NotMet, fmt.Sprintf("%s, %d of patients; say you", reason, len(of)), of
	}
	return Met, reason, nil
}

func (e *evidence) steps() (Verdict, string, []content.Position) {
	switch {
	case len(e.cards) > 0 || e.numbered:
		return Met, "there are numbered steps", nil
	case e.english() && e.asked() == 0:
		return NotMet, "there is nothing to do, and so no steps", nil
	}
	return NotChecked, "is anything too much to do without numbered steps?", nil
}

func (e *evidence) tool() (Verdict, string, []content.Position) {
	switch {
	case e.diary:
		return Met, "a diary to tick", nil
	case e.fields:
		return Met, "lines to fill in", nil
	case e.scale:
		return Met, "a pain scale to circle", nil
	case e.lights:
		return Met, "a traffic light to go by", nil
	case e.boxes:
		return Met, "a box to tick", nil
	}
	return NotMet, "nothing to tick or fill in; - [ ] makes a box, and a block called diary or fields more", nil
}

func (e *evidence) shown() (Verdict, string, []content.Position) {
	for _, c := range e.cards {
		if c.Stretch == nil || len(c.Stretch.Frames) == 0 {
			return NotMet, "a stretch without a picture", []content.Position{c.Position}
		}
	}
	if len(e.cards) > 0 {
		return Met, "each stretch has a picture", nil
	}
	return NotChecked, "would a picture help someone to do it?", nil
}

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
