package field

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NameOf is a person's name as they want to be called, of its parts and of the name in
// one piece; any of them may be empty.
func NameOf(first, preferred, last, whole string) string {
	first, last, whole = filled(first), filled(last), filled(whole)
	switch strings.ToLower(whole) {
	case "none", "(none)", "null", "nobody", "niemand", "nadie", "nessuno", "ninguém":
		whole = ""
	}
	switch {
	case first == "" && last == "":
		first, last = parted(whole)
	case last == "" && whole != "" && !holds(whole, first): // "Vorname" and "Name"
		last = whole
	case last == "" && whole != "", first == "" && whole != "" && holds(whole, last):
		first, last = parted(whole)
	case first == "" && whole != "":
		first = whole
	}
	if p := filled(preferred); p != "" {
		if last != "" && (strings.EqualFold(p, last) ||
			strings.HasSuffix(strings.ToLower(p), " "+strings.ToLower(last))) {
			return p // the whole name stands there
		}
		first = p
	}
	return strings.TrimSpace(first + " " + last)
}

// filled is a part of a name, or nothing, where a dash or the like stands for none.
func filled(s string) string {
	if strings.Trim(s, "-–—_.?/*, ") == "" {
		return ""
	}
	switch strings.ToLower(s) {
	case "n/a", "n.a.", "n. a.", "n/d", "k.a.", "k. a.", "s/n":
		return ""
	}
	return s
}

// holds tells whether a name has all words of a part of it.
func holds(name, part string) bool {
	words := speak(name).words
	return !slices.ContainsFunc(speak(part).words, func(w string) bool { return !slices.Contains(words, w) })
}

// parted parts a name in one piece: what a preferred name takes the place of, and the
// rest. A comma stands after a surname that comes first, or before letters after the
// name; then the name stays as it is written. Without one the first word is the given
// name, with a title before it.
//
//	Ruiz, Ana  Smith Jr., John  Smith, John, DPT  van der Berg, Jan
//	Ana Ruiz, LMT  John Smith, V  Dr. Ana Ruiz
func parted(name string) (first, last string) {
	var parts []string
	for p := range strings.SplitSeq(name, ",") {
		if p = strings.TrimSpace(filled(p)); p != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) < 2 {
		return cutGiven(strings.Join(parts, ""))
	}
	surname, rest, after := parts[0], parts[1], parts[2:]
	notLetters := func(p string) bool { return !lettersAfter(p, strings.Contains(p, " ")) }
	if slices.ContainsFunc(after, func(p string) bool { return !lettersAfter(p, true) }) || // a list of who knows what
		lettersAfter(rest, strings.Contains(surname, " ")) && !slices.ContainsFunc(after, notLetters) ||
		!particle(surname) && strings.Contains(surname, " ") && small(surname) && capitals(rest) && !initials(rest) {
		return cutGiven(name)
	}
	if title, bare, ok := strings.Cut(surname, " "); ok && honorific(title) {
		surname, rest = bare, title+" "+rest
	}
	// "Smith, John Jr."
	if i := strings.LastIndexByte(rest, ' '); i > 0 && generation(rest[i+1:]) && len(rest[i+1:]) > 1 {
		rest, surname = rest[:i], surname+rest[i:]
	}
	return rest, strings.Join(append([]string{surname}, after...), ", ")
}

// cutGiven cuts off the given name.
func cutGiven(name string) (first, last string) {
	first, last, _ = strings.Cut(name, " ")
	if honorific(first) && strings.Contains(last, " ") {
		next, rest, _ := strings.Cut(last, " ")
		first, last = first+" "+next, rest
	}
	return first, last
}

// small and capitals tell names written as usual and in capital letters; of a script
// without capital letters neither is.
func small(s string) bool { return strings.ContainsFunc(s, unicode.IsLower) }

func capitals(s string) bool {
	return !small(s) && strings.ContainsFunc(s, unicode.IsUpper)
}

// initials tells "J." and "J. R.", which are given names.
func initials(s string) bool {
	return !slices.ContainsFunc(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '.' }),
		func(w string) bool { return utf8.RuneCountInString(w) > 1 }) &&
		utf8.RuneCountInString(Folded(s)) < 3
}

// particle tells a surname that begins with a word of its own: "van der Berg".
func particle(surname string) bool {
	first, _, _ := strings.Cut(surname, " ")
	r, _ := utf8.DecodeRuneInString(first)
	switch strings.ToLower(first) {
	case "van", "von", "vom", "zu", "de", "del", "della", "di", "da", "dos", "das", "du", "des", "la", "le", "el", "al",
		"bin", "ibn", "ben", "ter", "ten", "den", "st", "st.", "mac", "mc", "o":
		return true
	}
	return unicode.IsLower(r)
}

func honorific(word string) bool {
	switch strings.ToLower(strings.TrimSuffix(word, ".")) {
	case "dr", "prof", "mr", "mrs", "ms", "miss", "mx", "rev", "sra", "srta", "herr", "frau", "mme", "mlle", "dhr",
		"mevr", "sig", "sig.ra", "dott", "dott.ssa", "dra":
		return true
	}
	return false
}

func generation(word string) bool {
	switch strings.ToLower(strings.TrimSuffix(word, ".")) {
	case "jr", "jnr", "junior", "sr", "snr", "senior", "ii", "iii", "iv", "v", "vi", "2nd", "3rd", "4th",
		"filho", "neto", "fils", "père":
		return true
	}
	return false
}

// lettersAfter tells letters that stand after a name: of a generation, a degree, a
// licence. After a surname alone only those count that nobody is called: "Rahman, Md"
// and "Nguyen, Do" are given names.
func lettersAfter(s string, whole bool) bool {
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool {
		return r == ' ' || r == '/' || r == '&' || r == ';'
	}) {
		word = strings.Trim(word, "()")
		bare := strings.NewReplacer(".", "", "-", "").Replace(word)
		switch {
		case generation(word) && (whole || len(bare) > 1):
		case degrees[bare] && strings.ContainsFunc(bare[1:], unicode.IsUpper),
			degrees[strings.ToUpper(bare)] && (whole || strings.HasSuffix(word, "Esq") || bare == "Esq"):
		case postnominals[strings.ToUpper(bare)] && (whole || capitals(bare)):
		default:
			return false
		}
	}
	return true
}

var (
	// Written with small letters in them.
	degrees = wordSet("PhD DPhil PsyD PharmD EdD DrPH MSc BSc MPhil MPhys DSc ScD MEd BEd MMus LLM EdS Esq DEng " +
		"MEng BEng ESQ PHD")
	// Of those who come to a therapist, and of therapists, who come to one another.
	postnominals = wordSet("MD DO DDS DMD DVM DPM DC OD ND NP PA PAC RN LPN LVN CNA CNM CRNA APRN ARNP FNP DNP BSN " +
		"MSN ANP PHN JD CPA MBA MA MS BA BS BSC MSC PHD MPH MSW LCSW LMSW LICSW LPC LMFT LMHC LMT CMT RMT RMTP LMBT " +
		"BCTMB NCTMB CMTPT MMT LMP PT DPT MPT PTA OT OTR OTRL COTA MOT OTD SLP CCC AT ATC LAT CSCS CPT CHT OCS SCS " +
		"FAAOMPT GCS NCS PCS WCS LAC DACM DOM AP CHA RYT ERYT MBBS MBCHB FRCS FRCP MRCP MRCGP FRACGP FACS FACP FACC " +
		"HCPC MCSP MCSP OBE MBE CBE KBE QC KC CH KCB AO AM USN USMC USAF USA RET RD RDN LD CNS EMT EMTP SJ OP OSB " +
		"OFM CSJ PE RA AIA ESQ THERAPIST PHYSIOTHERAPIST PHYSIOTHERAPEUT PHYSIOTHERAPEUTIN HEILPRAKTIKER " +
		"HEILPRAKTIKERIN KINESITHERAPEUTE FISIOTERAPEUTA MASSEUR MASSEURIN")
)
