// Package codepage makes UTF-8 of text as programs of all times and countries have saved
// it: marked, or told apart by its words.
package codepage

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/unicode/norm"
)

// script is an encoding that lists come in, and the letters of the languages written
// in it: an alphabet each, beyond those of English and in small letters. Of scripts
// that are not Latin the letters that come often are named, and what they are part of.
type script struct {
	name     string
	encoding encoding.Encoding
	letters  []string
	of       *unicode.RangeTable // nil: Latin
}

var (
	western = []string{"áéíñóúü", "àâæçèéêëîïôœùûüÿ", "äöüß", "áâãàçéêíóôõú", "àèéìíîòóùú", "áéëïóöüè",
		"åäöéü", "æøåéöä", "àçèéíïòóúü"}
	iceland = "áéíóúýþæöð"
	central = []string{"ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţșț", "äöüß"}
	turkish = "çğıöşüâî"
	baltic  = []string{"ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž", "äöüß"}
	viet    = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"

	cyrillic = []string{"оеаинтсрвлкмдпуяьй"}
	greek    = []string{"αεηιουσςτνρπκλμγδάέήίόύώ"}
	hebrew   = []string{"יוהלארנמבשתדםחכעןק"}
	arabic   = []string{"المنيورهبعدتةحسفقكجىأ"}
	thai     = []string{"กนรอาเมวลสทยดงตคบพจชหะำไใแโปขณธภศ"}
	chinese  = []string{
		"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟" +
			"汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文伟芳娜敏静丽强磊军洋勇艳" +
			"杰娟涛明超秀霞平刚桂英华玉兰红建国志海小云梅姓名日期时间话邮箱备注中大天子美花一二三"}
	taiwan = []string{
		"王李張劉陳楊趙黃周吳徐孫胡朱高林何郭馬羅梁宋鄭謝韓唐馮于董蕭程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡賈丁魏薛葉閻余潘杜戴夏鍾" +
			"汪田任姜范方石姚譚廖鄒熊金陸美玉秀淑麗雅婷怡君家豪志明俊傑文華偉芳敏靜強軍勇國建海小雲梅姓名日期時間話郵箱備註中" +
			"大天子花一二三"}
	japan = []string{
		"田中佐藤鈴木高橋伊渡辺山本村小林加吉々口松井上斎清水池阿部石川前岡後長谷近坂遠青西福太三原和竹金野子美花太郎一二" +
			"三健大翔陽真由香恵裕直樹明智恵誠優愛結衣氏名日時間電話患者予約のあいうえおかきくけこさしすせそたちつてとなにはひ" +
			"ふへほまみむめもやゆよらりるれろわをんアイウエオカキクケコサシスセソタチツテトナニハヒフヘホマミムメモヤユヨラリ" +
			"ルレロワンー"}
	korea = []string{"김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지준현영수은경미혜철희숙순연원재호상선동아연예나라름날짜시간환자메일정"}
)

var scripts = []script{
	// first: where two say the same, it is named
	{"Windows-1252", charmap.Windows1252, append([]string{iceland}, western...), nil},
	{"Mac Roman", charmap.Macintosh, western, nil},
	{"DOS 850", charmap.CodePage850, western, nil},
	{"DOS 437", charmap.CodePage437, western, nil},
	{"ISO-8859-15", charmap.ISO8859_15, append([]string{iceland}, western...), nil},
	{"Windows-1250", charmap.Windows1250, central, nil},
	{"ISO-8859-2", charmap.ISO8859_2, central, nil},
	{"DOS 852", charmap.CodePage852, central, nil},
	{"Windows-1254", charmap.Windows1254, append([]string{turkish}, western...), nil},
	{"Windows-1257", charmap.Windows1257, baltic, nil},
	{"Windows-1258", charmap.Windows1258, []string{viet}, nil},
	{"Windows-1251", charmap.Windows1251, cyrillic, unicode.Cyrillic},
	{"KOI8-R", charmap.KOI8R, cyrillic, unicode.Cyrillic},
	{"DOS 866", charmap.CodePage866, cyrillic, unicode.Cyrillic},
	{"ISO-8859-5", charmap.ISO8859_5, cyrillic, unicode.Cyrillic},
	{"Mac Cyrillic", charmap.MacintoshCyrillic, cyrillic, unicode.Cyrillic},
	{"Windows-1253", charmap.Windows1253, greek, unicode.Greek},
	{"ISO-8859-7", charmap.ISO8859_7, greek, unicode.Greek},
	{"Windows-1255", charmap.Windows1255, hebrew, unicode.Hebrew},
	{"DOS 862", charmap.CodePage862, hebrew, unicode.Hebrew},
	{"Windows-1256", charmap.Windows1256, arabic, unicode.Arabic},
	{"ISO-8859-6", charmap.ISO8859_6, arabic, unicode.Arabic},
	{"Windows-874", charmap.Windows874, thai, unicode.Thai},
	{"GB18030", simplifiedchinese.GB18030, chinese, unicode.Han},
	{"Big5", traditionalchinese.Big5, taiwan, unicode.Han},
	{"Shift-JIS", japanese.ShiftJIS, japan, unicode.Han},
	{"EUC-JP", japanese.EUCJP, japan, unicode.Han},
	{"EUC-KR", korean.EUCKR, korea, unicode.Hangul},
}

// Unsure is the error for a text of which nothing shows for certain in which encoding it
// is: the two likeliest, by their names.
type Unsure struct{ Best, Other string }

func (Unsure) Error() string { return "the text's encoding cannot be told for certain" }

// recognise finds the encoding of a text that is not UTF-8: the only one in which its
// words are words. Where another reads it otherwise and as well, nobody can tell.
func recognise(data string) (encoding.Encoding, string, error) {
	if strings.Contains(data, "\x1b$B") || strings.Contains(data, "\x1b$@") {
		return japanese.ISO2022JP, "ISO-2022-JP", nil
	}
	sample := foreignWords(data)
	type reading struct {
		*script
		text  string
		score float64
	}
	var list []reading
	for i := range scripts {
		s := &scripts[i]
		text, err := s.encoding.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		r := reading{s, norm.NFC.String(string(text)), 0}
		r.score = s.judge(r.text)
		list = append(list, r)
	}
	slices.SortStableFunc(list, func(a, b reading) int { return cmp.Compare(b.score, a.score) })
	best := list[0]
	// Signs of Windows-1252 alone, in a text of English, are letters elsewhere.
	if i := slices.IndexFunc(list, func(r reading) bool { return r.script == &scripts[0] }); best.of != nil && i >= 0 &&
		list[i].score > 1 && list[i].score > best.score*0.6 {
		return scripts[0].encoding, scripts[0].name, nil
	}
	for _, other := range list[1:] {
		if other.text == best.text {
			continue
		}
		// Of two as good the first is taken if it is Windows-1252, as most lists are.
		if best.script == &scripts[0] && best.score > 0.5 {
			break
		}
		if best.score <= 0.5 || other.score > 0 && best.score < other.score*1.2+0.2 {
			return nil, "", Unsure{best.name, other.name}
		}
		break
	}
	return best.encoding, best.name, nil
}

// Label is an encoding's name as it is typed.
func Label(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "-")) }

// foreignWords are the words that are not ASCII, each once, with spaces between them.
// No character of more bytes has one below @ but for a few of GB18030.
func foreignWords(data string) []byte {
	const enough = 64 << 10
	var all []byte
	seen := map[string]bool{}
	for i := 0; i < len(data) && len(all) < enough; {
		from, foreign := i, false
		for ; i < len(data) && data[i] >= '@' && i-from < 200; i++ {
			foreign = foreign || data[i] >= 0x80
		}
		if word := data[from:i]; foreign && !seen[word] {
			seen[word] = true
			all = append(append(all, word...), ' ')
		}
		if i == from {
			i++
		}
	}
	return all
}

// judge says how much a reading looks like the words of its languages: about 1 a
// letter beyond ASCII, less than nothing where they are none.
func (s *script) judge(text string) float64 {
	score, capitals, words := 0.0, 0, 0
	for word := range strings.FieldsSeq(text) {
		n := s.judgeWord(word)
		if score += n; n > 0 {
			words++
			if r, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	if s.of == unicode.Cyrillic || s.of == unicode.Greek { // names without one capital are Hebrew
		if capitals == 0 {
			score /= 6
		}
	}
	return score
}

func (s *script) judgeWord(word string) float64 {
	const wrong = -2
	n, lower, vowels, consonants := 0.0, false, 0, 0
	score := 0.0
	var own []rune
	latin, other := false, false
	mixed := strings.ContainsFunc(word, unicode.IsLower)
	last, letters, sung := ' ', 0, 0
	for _, r := range word {
		if r < utf8.RuneSelf {
			latin = latin || unicode.IsLetter(r)
		} else {
			n++
			switch {
			case r == '\u00ad' && unicode.IsLetter(last): // Word's, where a word may be broken
			case r == utf8.RuneError, unicode.Is(unicode.C, r) && r != 0x200c && r != 0x200d &&
				r != 0x200e && r != 0x200f:
				return 8 * wrong
			case unicode.Is(unicode.Mn, r):
				if s.of == nil || !unicode.Is(s.of, r) {
					score += wrong / 2.0
				}
			case !unicode.IsLetter(r):
				switch {
				case r == '’' && unicode.IsLetter(last):
					score += 1.5 // O’Brien
				case last == ' ' && (r == '“' || r == '‘'),
					(r == '”' || r == '…') && (unicode.IsLetter(last) || last == '.'):
					score += 1.2 // where they belong: before a word, after one
				case strings.ContainsRune("’‘“”–—•…", r):
					score += 0.5
				case strings.ContainsRune("«»€…ºª°\u00a0", r), s.of == nil && strings.ContainsRune("·§½¼¾×®©™", r):
					score -= 0.5 // it may stand beside a word
				default:
					score += wrong * 2
				}
			case s.of == nil && !unicode.Is(unicode.Latin, r):
				return wrong * n
			default:
				own = append(own, unicode.ToLower(r))
				other = true
			}
		}
		if unicode.IsUpper(r) && lower {
			score += wrong // josÉ
		} else if r >= utf8.RuneSelf && unicode.IsUpper(r) && mixed && unicode.IsLetter(last) {
			score-- // JÉan
		}
		last = r
		if unicode.IsLetter(r) {
			lower = unicode.IsLower(r)
			letters++
			if strings.ContainsRune("aeiouyаеёиоуыэюяіїє", base(r)) {
				vowels, consonants = vowels+1, 0
				sung++
			} else {
				vowels, consonants = 0, consonants+1
			}
			if s.of == nil && vowels == 3 || (s.of == nil || s.of == unicode.Cyrillic) && consonants == 4 {
				score--
			}
		} else {
			vowels, consonants = 0, 0
		}
	}
	if s.of != nil {
		if latin && other {
			return wrong * n
		}
		weight := 1.0 // a byte
		if s.of == unicode.Han || s.of == unicode.Hangul {
			weight = 2
		}
		voiced := len(own) < 2
		for _, r := range own {
			voiced = voiced || strings.ContainsRune("аеёиоуыэюяіїєαεηιουω", base(r))
			switch {
			case strings.ContainsRune(s.letters[0], r):
				score += 1.5 * weight
			case unicode.Is(s.of, r) && len(own) == 1 && weight == 2:
				score += 0.4 // a rare sign by itself shows nothing
			case unicode.Is(s.of, r), s.of == unicode.Han && unicode.In(r, unicode.Hiragana, unicode.Katakana):
				score += 0.5 * weight
			default:
				score += wrong
			}
		}
		if s.of == unicode.Cyrillic || s.of == unicode.Greek {
			if !voiced {
				score -= n * 2
			}
			if !named(word) && mixed {
				score /= 2
			}
		}
		if s.of == unicode.Hebrew && len(own) > 0 && strings.ContainsAny(string(own[:len(own)-1]), "ךםןףץ") {
			score -= n * 2 // the forms that only end a word
		}
		return score
	}
	if letters > 2 && sung == 0 {
		score--
	}
	return score + s.covered(word, own)
}

// named tells a word that begins with a capital and goes on without.
func named(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && !strings.ContainsFunc(word[size:], unicode.IsUpper)
}

// covered is 1 a letter if one language has them all, and less than nothing else.
func (s *script) covered(word string, own []rune) float64 {
	if len(own) == 0 {
		return 0
	}
	n := float64(len(own))
	if len(own) == 1 && utf8.RuneCountInString(word) == 1 && !strings.ContainsRune("àáâéèêíóöôúåæøy", own[0]) {
		return -0.5 // no word has one such letter
	}
	for _, alphabet := range s.letters {
		if !slices.ContainsFunc(own, func(r rune) bool { return !strings.ContainsRune(alphabet, r) }) {
			if len(own) > 1 && len(own) == utf8.RuneCountInString(word) {
				return 0 // hardly a Latin word is without a plain letter
			}
			return n - oddities(strings.ToLower(word))
		}
	}
	return -n
}

// oddities are places where a letter that two encodings have in one place does not
// stand: ñ and ń, õ and ő are told apart by what follows.
func oddities(word string) float64 {
	odd := 0.0
	letters := []rune(word + " ")
	for i, r := range letters[:len(letters)-1] {
		next := letters[i+1]
		vowel := strings.ContainsRune("aeiouy", base(next))
		switch r {
		case 'ń':
			if vowel {
				odd++
			}
		case 'ñ':
			if !vowel {
				odd++
			}
		case 'õ':
			if next != 'e' {
				odd += 0.6
			}
		case 'ã':
			if next != 'o' && next != 'e' && next != ' ' && next != 's' {
				odd += 0.6
			}
		case 'ă', 'ő':
			if next == 'o' || next == 'e' {
				odd++
			}
		case 'ð', 'ğ':
			if i == 0 {
				odd++
			}
		case 'þ':
			if i > 0 {
				odd += 0.6
			}
		case 'ę', 'ű', 'ě', 'ů': // rather ê, û, ì, ù, unless others show
			odd += 0.3
		case 'ì', 'ù', 'ò', 'à':
			if next != ' ' {
				odd += 0.4
			}
		}
	}
	return odd
}

// base is a letter without its marks.
func base(r rune) rune {
	if r < utf8.RuneSelf {
		return unicode.ToLower(r)
	}
	switch r = unicode.ToLower(r); r {
	case 'ø', 'œ':
		return 'o'
	case 'æ':
		return 'a'
	case 'ı':
		return 'i'
	}
	first, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	return first
}
