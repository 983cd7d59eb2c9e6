package field

import "testing"

// languages by the cells that name them; what is open is under "", what is not
// understood under "?".
var languages = map[string][]string{
	"en":      {"English", "english", "ENGLISH", "English (US)", "English - United States", "English, British", "eng", "ENG", "en", "EN", "Inglés", "Englisch", "Anglais", "Inglese", "Engels", "American English", "English; speaks well"},
	"en-US":   {"en_US", "en-us", "EN-US", "en-US-x-private", "en-US-u-ca-gregory"},
	"es":      {"Spanish", "spa", "es", "Spanish; Castilian", "Español", "espanol", "Castellano", "Spanisch", "Espagnol", "Mexican Spanish", "Spanish (Latin America)", "Spanish/English", "SPANISH", "Spaans", "Spanish - interpreter needed", "es; spa", "es-!!!"},
	"es-419":  {"es-419"},
	"es-MX":   {"es_MX"},
	"de":      {"German", "Deutsch", "Deutsch (Schweiz)", "ger", "deu", "de", "Alemán", "Allemand", "Tedesco", "Duits"},
	"de-CH":   {"de-CH"},
	"fr":      {"French", "fra", "fre", "Français", "francais", "Französisch", "Francés", "Canadian French"},
	"zh":      {"Chinese", "chi", "zho", "Mandarin", "Mandarin Chinese", "中文", "Chinese (Simplified)", "cmn"},
	"zh-Hant": {"zh-Hant", "zh_Hant"},
	"yue":     {"Cantonese", "yue"},
	"vi":      {"Vietnamese", "Tiếng Việt", "vie", "vi"},
	"ar":      {"Arabic", "العربية", "ara"},
	"he":      {"Hebrew", "עברית", "heb", "iw"},
	"pt":      {"Portuguese", "Português", "Portuguese (Brazil)", "por"},
	"ht":      {"Haitian Creole", "Haitian; Haitian Creole", "hat"},
	"fil":     {"Tagalog", "Filipino"},
	"":        {"", "-", "–", "?", "Unknown", "UNKNOWN", "Declined to answer", "declined", "Patient declined", "Other", "other language", "und", "mul", "zxx", "N/A", "n/a", "none", "Not specified", "Not recorded", "Prefer not to say", "No preference", "Undetermined", "Unspecified", "refused", "Keine Angabe", "Unbekannt", "Sonstige", "Desconocido", "Otro", "Inconnu", "Autre", "Outro", "Onbekend", "Sconosciuto", "tbd"},
	"?":       {"Klingon", "Gobbledygook", "xx", "qqq", "xx-YY", "12345", "Ana Ruiz", "non-English", "a@mail.example", "yes"},
}

func TestLanguageOf(t *testing.T) {
	for want, list := range languages {
		for _, s := range list {
			got, understood := LanguageOf(s)
			if !understood {
				got = "?"
			}
			if got != want {
				t.Errorf("%q is %q, want %q", s, got, want)
			}
		}
	}
}

func TestLanguageName(t *testing.T) {
	for tag, want := range map[string]string{"es": "Spanish (es)", "pt-BR": "Brazilian Portuguese (pt-BR)", "qqq": "qqq"} {
		if got := LanguageName(tag); got != want {
			t.Errorf("%s is %q, want %q", tag, got, want)
		}
	}
}
