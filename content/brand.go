package content

import "handout/content/picture"

// Brand is a clinic's name, look and settings: one YAML file.
type Brand struct {
	Position
	Name       string // the clinic's; empty for the neutral brand
	Tagline    string
	Logo       *picture.Picture // nil for none
	LogoHeight float64          // millimetres at most, 6 to 25; 0 for 13
	LogoNamed  bool             // the logo says the clinic's name, which is then not set beside it
	Main       picture.Color    // bands, headings: carries white text at 4.5:1 or better, or is a ground for ink
	Accent     picture.Color    // marks, rules
	Phones     []string
	Address    []string // lines
	Web        string
	Email      string
	Booking    string // an https address: printed, clickable, and a QR code
	Therapist  string
	Credential string
	Country    string // ISO 3166 alpha-2; decides the emergency number
	Lang       string // BCP 47, of its pages unless a visit says otherwise; empty: the handout's own
	Paper      string // "letter" or "a4"; empty: by country
	Look       string // one of Looks; empty: what fits best
	Edition    string // "standard", "large" or "bw"; empty: standard
	SmallPrint string
	Fonts      []Font  // the clinic's own, asked before the fallbacks
	MinType    float64 // points, 9 to 18; 0 for the edition's own floor
	Skin       string  // of the people in the pictures: light, fair, tan, brown or deep; empty: light
	LongHair   bool
	Services   []Service         // what is handed out after each
	Statuses   map[string]string // words of its appointment list for a status, and what they mean: one of Meanings
	Mail       Mail
	Notes      []string // what was changed to keep the page readable, to be said
	Library    []string // folders of handouts and stretches, from the folder of its file
	Sum        Sum
}

// Font is a font file of the clinic's.
type Font struct {
	Position
	Data []byte
}

// Service says which handout goes with a service of the clinic's, as its
// appointment list names it:
//
//	services:
//	  Deep tissue 60: sciatica
//	  "Desk *": {handout: neck-and-desk, stretches: [chin-tuck, doorway-chest:hold=20s]}
//	  Consultation: none
type Service struct {
	Position
	Pattern   string   // the service's name; * stands for any letters, none too
	Handout   string   // its name; empty if None, or if the visit says which
	Stretches []Choice // instead of the handout's own, if Chosen
	Chosen    bool     // Stretches was given, even if empty
	None      bool     // no handout is given after this service

	like string // Pattern, made equal to what people take for the same
}
