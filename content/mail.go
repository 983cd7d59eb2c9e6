package content

// Mail is how a clinic writes to the people it sends their handout to: the part
// mail of a brand file.
type Mail struct {
	From    string            // the sender's address; empty: the brand's Email
	ReplyTo string            // where answers go; empty: to the sender
	Lock    string            // what opens the PDF: birthdate, random, column or none; empty: as the batch is told
	Letters map[string]Letter // by language; for others there are the Words
}

// Letter is a mail's words: a template with placeholders, or filled in. A template
// may lack any of them: the Words' stands in its place, and the HTML is made of the
// text.
type Letter struct {
	Subject string // one line, at most 150 characters
	Text    string // lines ended by \n
	HTML    string // in a template what stands in the body, at most 20,000 characters
}

// Lock is what opens the PDF a letter goes with.
type Lock uint8

const (
	Unlocked          Lock = iota
	Locked                 // a password the patient is told otherwise
	LockedByBirthDate      // the patient's, as YYYYMMDD
)
