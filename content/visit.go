package content

import "time"

// Visit is what makes a handout one person's: who it is for, who gave it, when,
// and the stretches chosen. The zero Visit makes a page for anyone.
//
// Patient and Note are private. They appear on the page and nowhere else.
type Visit struct {
	Patient   string    // at most 120 characters
	Therapist string    // over the brand's own
	Date      time.Time // the day of the visit; zero prints none
	Next      string    // the next visit, as the clinic writes it
	Note      string    // a personal line, at most 400 characters
	Stretches []Choice  // instead of the handout's default set, if Chosen
	Chosen    bool      // Stretches was given, even if empty
	Anyway    bool      // also stretches that the handout says are not given with it
	Large     bool      // the page is to be of the large edition: it has default stretches of its own
	// LeftSide or RightSide: stretches done one side at a time are given for it, unless their choice says otherwise
	Side Side
	Code string // of the page in a clinic's own list, printed at the foot; empty prints none
}
