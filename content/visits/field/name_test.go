package field

import "testing"

// A name in one cell is turned round where the surname comes first, and only there.
func TestParted(t *testing.T) {
	for _, test := range []struct{ name, first, last string }{
		{"Ana Ruiz", "Ana", "Ruiz"},
		{"Ruiz, Ana", "Ana", "Ruiz"},
		{"RUIZ, ANA MARIA", "ANA MARIA", "RUIZ"},
		{"GARCIA LOPEZ, ANA", "ANA", "GARCIA LOPEZ"},
		{"ruiz,ana", "ana", "ruiz"},
		{"Ana Ruiz, LMT", "Ana", "Ruiz, LMT"},
		{"ANA RUIZ, LMT", "ANA", "RUIZ, LMT"},
		{"Ana Ruiz, LMT, CMT", "Ana", "Ruiz, LMT, CMT"},
		{"Ana Ruiz, L.M.T.", "Ana", "Ruiz, L.M.T."},
		{"Ana Ruiz, Lmt", "Ana", "Ruiz, Lmt"},
		{"Ana Ruiz, XYZQ", "Ana", "Ruiz, XYZQ"},
		{"Ana Ruiz, PhD", "Ana", "Ruiz, PhD"},
		{"Ana Ruiz, Ph.D.", "Ana", "Ruiz, Ph.D."},
		{"Ana Ruiz, RN BSN", "Ana", "Ruiz, RN BSN"},
		{"Ana Ruiz, PT/DPT", "Ana", "Ruiz, PT/DPT"},
		{"Ruiz, Ana, LMT", "Ana", "Ruiz, LMT"},
		{"Smith, John, Jr.", "John", "Smith, Jr."},
		{"John Smith, V", "John", "Smith, V"},
		{"John Smith, Jr", "John", "Smith, Jr"},
		{"Smith, Jr", "Smith,", "Jr"},
		{"Smith, V", "V", "Smith"},
		{"Smith, John Jr.", "John", "Smith Jr."},
		{"Smith, John III", "John", "Smith III"},
		{"Smith, John V", "John V", "Smith"},
		{"Smith Jr., John", "John", "Smith Jr."},
		{"Smith, MD", "Smith,", "MD"},
		{"Rahman, Md", "Md", "Rahman"},
		{"Rahman, Md.", "Md.", "Rahman"},
		{"Rahman, Md Abdul", "Md Abdul", "Rahman"},
		{"Nguyen, Do", "Do", "Nguyen"},
		{"Ma, Jo", "Jo", "Ma"},
		{"Lee, Pa", "Pa", "Lee"},
		{"O'Brien, Sean", "Sean", "O'Brien"},
		{"van der Berg, Jan", "Jan", "van der Berg"},
		{"van der Berg, JAN", "JAN", "van der Berg"},
		{"Van Der Berg, JAN", "JAN", "Van Der Berg"},
		{"Garcia Lopez, Ana", "Ana", "Garcia Lopez"},
		{"Garcia Lopez, J.", "J.", "Garcia Lopez"},
		{"Garcia Lopez, J. R.", "J. R.", "Garcia Lopez"},
		{"Smith, J.R.", "J.R.", "Smith"},
		{"Ana Ruiz, Physiotherapist", "Ana", "Ruiz, Physiotherapist"},
		{"SMITH JOHN", "SMITH", "JOHN"},
		{"Dr. Ana Ruiz", "Dr. Ana", "Ruiz"},
		{"Dr. Ruiz, Ana", "Dr. Ana", "Ruiz"},
		{"Frau Ruiz", "Frau", "Ruiz"},
		{"山田, 太郎", "太郎", "山田"},
		{"محمد علي, أحمد", "أحمد", "محمد علي"},
		{"Иванова Петрова, Анна", "Анна", "Иванова Петрова"},
		{"Ruiz,", "Ruiz", ""},
		{", Ana", "Ana", ""},
		{"Ruiz,, Ana", "Ana", "Ruiz"},
		{"Sukarno", "Sukarno", ""},
		{"7001", "7001", ""},
		{"Ana Ruiz, Bo Stone, Cy Moss", "Ana", "Ruiz, Bo Stone, Cy Moss"},
		{"-", "", ""}, {", ,", "", ""}, {"", "", ""},
	} {
		if first, last := parted(test.name); first != test.first || last != test.last {
			t.Errorf("%q: %q and %q, want %q and %q", test.name, first, last, test.first, test.last)
		}
	}
}

// What stands in several columns makes one name.
func TestNameOf(t *testing.T) {
	for _, test := range []struct{ first, preferred, last, name, want string }{
		{"Ana", "", "Ruiz", "", "Ana Ruiz"},
		{"Ana", "Annie", "Ruiz", "", "Annie Ruiz"},
		{"Ana", "", "", "Ruiz", "Ana Ruiz"},
		{"Ana", "", "", "Ana Ruiz", "Ana Ruiz"},
		{"Ana", "", "", "Ruiz, Ana", "Ana Ruiz"},
		{"Ana", "", "-", "", "Ana"},
		{"Ana", "–", "Ruiz", "", "Ana Ruiz"},
		{"", "Annie", "", "Ana Ruiz, LMT", "Annie Ruiz, LMT"},
		{"", "Annie", "", "Dr. Ana Ruiz", "Annie Ruiz"},
		{"", "", "Ruiz", "", "Ruiz"},
		{"", "", "", "???", ""},
	} {
		if got := NameOf(test.first, test.preferred, test.last, test.name); got != test.want {
			t.Errorf("%+v: got %q", test, got)
		}
	}
}
