package field

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Names of months and days, in the languages whose headings are known, as they are
// written without marks (août is aout). A name stands for its beginnings too, down to
// three letters, where they are nothing else's: of "jui" nobody knows the month.
// Arabic has three sets of months, of Egypt, the Levant and the Maghreb.
var (
	monthNames = [12]string{
		"january januar janner enero janvier janeiro gennaio januari يناير كانونالثاني جانفي ינואר",
		"february februar feber febrero fevrier fevereiro febbraio februari فبراير شباط فيفري פברואר",
		"march marz maerz mrz marzo mars marco maart mrt مارس اذار מרץ מרס",
		"april abril avril aprile ابريل نيسان افريل אפריל",
		"may mai mayo maio maggio mei مايو ايار ماي מאי",
		"june juni junio juin junho giugno يونيو يونيه حزيران جوان יוני",
		"july juli julio juillet julho luglio يوليو يوليه تموز جويليه יולי",
		"august agosto aout augustus اغسطس اب اوت אוגוסט",
		"september septiembre setiembre septembre setembro settembre سبتمبر ايلول ספטמבר",
		"october oktober octubre octobre outubro ottobre اكتوبر تشرينالاول אוקטובר",
		"november noviembre novembre novembro نوفمبر تشرينالثاني נובמבר",
		"december dezember diciembre decembre dezembro dicembre ديسمبر كانونالاول דצמבר",
	}
	dayNames = [7]string{
		"sunday sonntag domingo dimanche domenica zondag chunhat الاحد ראשון",
		"monday montag lunes lundi segunda lunedi maandag thuhai الاثنين שני",
		"tuesday dienstag martes mardi terca martedi dinsdag thuba الثلاثاء שלישי",
		"wednesday mittwoch miercoles mercredi quarta mercoledi woensdag thutu الاربعاء רביעי",
		"thursday donnerstag jueves jeudi quinta giovedi donderdag thunam الخميس חמישי",
		"friday freitag viernes vendredi sexta venerdi vrijdag thusau الجمعه שישי",
		"saturday samstag sonnabend sabado samedi sabato zaterdag thubay السبت שבת",
	}
	monthWords, dayWords = beginnings(monthNames[:]), beginnings(dayNames[:])

	// What stands in a date or beside it and says nothing.
	fillers = wordSet("de del den der dem le la las los el il di do da das dos du l of the at um alle om on op as " +
		"kl klokken klo vers ore luc vao ngay nam am feira يوم الساعه في הוא יום בשעה בתאריך")
	// Days of two letters, some of which are one day here and another there.
	shortDays = wordSet("mo di mi do fr sa so ma wo vr za zo lu me je ve ju vi su tu we th se te qu si cn")
	mornings  = wordSet(
		"am sa sang vormittags vorm morgens manana manha madrugada matin mattina ochtend ص صباحا בבוקר")
	afternoons = wordSet("pm ch chieu toi trua nachmittags nachm mittags abends tarde noche noite soir apresmidi " +
		"pomeriggio sera middag avond م مساء ظهرا عصرا בצהריים בערב")
	hours = wordSet("uhr uur u hs hrs horas heures gio")
)

// beginnings are the names and what they may be shortened to, with their places from
// 1; 0 for what begins two of them.
func beginnings(lists []string) map[string]int8 {
	m := map[string]int8{}
	for i, list := range lists {
		for name := range wordSet(list) {
			letters := 0
			for at := range name + "." {
				if letters++; letters <= 3 && at < len(name) {
					continue
				}
				part := name[:at]
				if old, ok := m[part]; ok && old != int8(i+1) {
					m[part] = 0
				} else {
					m[part] = int8(i + 1)
				}
			}
		}
	}
	for i, list := range lists { // a whole name is never another's beginning
		for name := range wordSet(list) {
			m[name] = int8(i + 1)
		}
	}
	return m
}

// together joins what is one name in two words, and what is written with points.
var together = strings.NewReplacer(
	"كانون الثاني", "كانونالثاني", "كانون الاول", "كانونالاول", "تشرين الاول", "تشرينالاول",
	"تشرين الثاني", "تشرينالثاني", "thu hai", "thuhai", "thu ba", "thuba", "thu tu", "thutu", "thu nam", "thunam",
	"thu sau", "thusau", "thu bay", "thubay", "chu nhat", "chunhat", "apres-midi", "apresmidi", "-feira", "", "a. m.",
	"am", "p. m.", "pm", "a.m.", "am", "p.m.", "pm", "a. m", "am", "p. m", "pm", "a.m", "am", "p.m", "pm",
	"לפנה\"צ", "am", "לפנה״צ", "am", "אחה\"צ", "pm", "אחה״צ", "pm", "،", ",", "−", "-", "\u200e", "")

// numbers is a date in numbers: day and month, or month and day, and the year.
var numbers = regexp.MustCompile(`^(\d{1,2})([-/.]) ?(\d{1,2})(?:[-/.,] ?| )(\d{4}|\d\d)(?:$|,? )`)

// inEnglish writes a date or a time of any of the languages as English does, shortly:
// "miércoles, 2 de diciembre de 2026" is "2 dec 2026", and a Wednesday. The day of the
// week is time.Weekday + 1; 0 if there is none, or none that is certain.
func inEnglish(s string) (english string, weekday int8) {
	if !strings.ContainsFunc(s, func(r rune) bool {
		return r >= utf8.RuneSelf || unicode.IsLetter(r) && r != 't' && r != 'z'
	}) {
		return s, 0
	}
	s = together.Replace(unmarked(s))
	months, either := 0, 0 // words that are a month, and those that may be a day too
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if monthOf(w) > 0 && dayWords[w] > 0 {
			either++
		} else if monthOf(w) > 0 {
			months++
		}
	}
	numeric := numbers.FindStringIndex(strings.TrimLeft(s, " ,.abcdefghijklmnopqrstuvwxyz")) != nil
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) {
			b.WriteString(s[i : i+size])
			i += size
			continue
		}
		end := i + strings.IndexFunc(s[i:]+"0", func(r rune) bool { return !unicode.IsLetter(r) })
		w, before, rest := s[i:end], b.String(), s[end:]
		i = end
		digit := before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9'
		begun := strings.ContainsAny(before, "0123456789")
		day, month := dayWords[w], monthOf(w)
		if day > 0 && month > 0 { // "mar" is March or Tuesday
			if months > 0 || numeric || either > 1 {
				month = 0
			}
			either--
		}
		switch {
		case begun && hours[w]:
			b.WriteString("h")
		case month > 0:
			b.WriteString(" " + shortMonth(month) + " ")
			if rest != "" && rest[0] == '.' {
				i++
			}
		case day > 0, !begun && shortDays[w], begun && shortDays[w] && strings.HasSuffix(before, "("):
			weekday = day
			if rest != "" && rest[0] == '.' {
				i++
			}
		case digit && (w == "st" || w == "nd" || w == "rd" || w == "th" || w == "er" || w == "e" || w == "o" ||
			w == "ste" || w == "de"):
		// anno Domini
		case w == "م" && digit && len(before) > 3 && strings.Trim(before[len(before)-4:], "0123456789") == "":
		case w == "am" && !begun, w == "a" && strings.TrimLeft(rest, " .") != "", fillers[w] && w != "am":
		case mornings[w]:
			b.WriteString(" am")
		case afternoons[w]:
			b.WriteString(" pm")
		case w == "thang", w == "thg": // Vietnamese counts its months: 2 tháng 12, 2026
			b.WriteString(".")
		default:
			b.WriteString(w)
		}
	}
	english = strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "()", "")), " ")
	for _, loose := range []string{" ,", " .", " h", ". ", "h "} {
		english = strings.ReplaceAll(english, loose, strings.Trim(loose, " "))
	}
	return strings.Trim(english, " ,.-"), weekday
}

// unmarked is a text in small letters without marks, with the digits of ASCII.
func unmarked(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r == 'đ':
			return 'd'
		case r == 'ة':
			return 'ه'
		}
		return r
	}, norm.NFKD.String(strings.ToLower(s)))
}

// monthOf is the number of a month's name, whole or shortened; 0 for none. Hebrew puts
// a letter before it.
func monthOf(w string) int8 {
	if m, ok := monthWords[w]; ok {
		return m
	}
	rest, _ := strings.CutPrefix(w, "ב")
	return monthWords[rest]
}

func shortMonth(m int8) string { return strings.ToLower(time.Month(m).String()[:3]) }
