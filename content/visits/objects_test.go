package visits

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A Consent permits mail only while it holds, on the day of the visit; of a visit
// without a day, today.
func TestFHIRConsentPeriod(t *testing.T) {
	const email = `"code":[{"text":"email"}]`
	for _, test := range []struct{ consent, want string }{
		{`"provision":{"type":"permit",` + email + `}`, "given"},
		{`"provision":{"type":"permit",` + email + `,"period":{"start":"2026-12-02","end":"2026-12-02"}}`, "given"},
		{`"provision":{"type":"permit",` + email + `,"period":{"start":"2026-12-02T08:00:00Z","end":"2026-12"}}`, "given"},
		{`"provision":{"type":"permit",` + email + `,"period":{"start":"2026"}}`, "given"},
		{`"provision":{"type":"permit",` + email + `,"period":{"end":"2026-12-01"}}`, "unknown"},
		{`"provision":{"type":"permit",` + email + `,"period":{"start":"2026-12-03"}}`, "unknown"},
		{`"provision":{"type":"permit",` + email + `,"period":{"start":"2027"}}`, "unknown"},
		{`"provision":{"type":"deny",` + email + `,"period":{"end":"2026-12-01"}}`, "unknown"},
		{`"provision":{"type":"deny",` + email + `,"period":{"end":"2027"}}`, "refused"},
		// that of the whole, in R5 and STU3
		{`"decision":"permit","category":[{"text":"email"}],"period":{"end":"2025"}`, "unknown"},
		{`"decision":"permit","category":[{"text":"email"}],"period":{"start":"2025"}`, "given"},
		{`"decision":"permit","category":[{"text":"email"}],"provision":[{"code":[{"text":"email"}]}]`, "refused"},
		{`"decision":"permit","provision":[{"code":[{"text":"email"}]}]`, "refused"},
		{`"decision":"deny","provision":[{"code":[{"text":"email"}]}]`, "refused"},
		// the exceptions within
		{`"category":[{"text":"email"}],"provision":{"type":"permit","provision":[{"type":"deny",` + email + `}]}`, "refused"},
		{`"provision":{"type":"deny","provision":[{"type":"permit",` + email + `}]}`, "given"},
		{`"provision":{"type":"deny","period":{"end":"2026-12-01"},"provision":[{"type":"permit",` + email + `}]}`, "unknown"},
		{`"category":[{"text":"email"}],"provision":{"type":"permit","provision":[{"type":"deny"}]}`, "given"},
	} {
		for _, start := range []string{`,"start":"2026-12-02T09:00:00Z"`, ""} {
			text := fmt.Sprintf(`{"resourceType":"Patient","id":"1","name":[{"text":"Ana Ruiz"}],"telecom":[{"system":"email","value":"a@mail.example"}]}
{"resourceType":"Consent","status":"active","patient":{"reference":"Patient/1"},%s}
{"resourceType":"Appointment","id":"a","status":"booked"%s,"participant":[{"actor":{"reference":"Patient/1"}}]}`, test.consent, start)
			l, err := Read("x.json", strings.NewReader(text), Options{Today: time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC)})
			if err != nil || len(l.Rows) != 1 {
				t.Fatal(err)
			}
			if got := fmt.Sprint(l.Rows[0].Consent); got != test.want {
				t.Errorf("%s%s: %s, not %s", test.consent, start, got, test.want)
			}
		}
	}
}

// A list may lie in an object, as the answers of practice software have it, and a person in a row.
func TestWrappedJSON(t *testing.T) {
	const ana = `{"name":"Ana Ruiz","handout":"neck"}`
	for _, c := range []struct{ text, want string }{
		{`{"appointments":[` + ana + `,{"name":"Bo Li"}],"total":2}`, "1 Ana Ruiz, 2 Bo Li"},
		{`{"meta":{"page":1,"links":[{"href":"x"},{"href":"y"},{"href":"z"}]},"data":{"items":[` + ana + `]}}`, "1 Ana Ruiz"},
		{`{"staff":[{"id":1}],"visits":[{"client":{"first_name":"Ana","last_name":"Ruiz"},"practitioner":{"name":"Jo"}}]}`, "1 Ana Ruiz"},
		{`{"data":[` + ana + `]}` + "\n" + `{"data":[{"name":"Bo Li"}]}`, "1 Ana Ruiz, 2 Bo Li"},
		{`[{"patient":{"full name":"Ana Ruiz"},"tags":[{"name":"x"}]}]`, "1 Ana Ruiz"},
		{`{"name":"Ana Ruiz","visits":[{"name":"no row"}]}`, "1 Ana Ruiz"},
		{`{"name":"Ana Ruiz","guardian":{"name":"Eve Ruiz"},"patient":{"name":"Other"}}`, "1 Ana Ruiz"},
		{`{"name":{"first":"Ana","last":"Ruiz"},"handout":"neck"}`, "1 Ana Ruiz"},
		{`{"total":0,"appointments":[]}`, "no-name-key"},
		{`{"a":{"b":{"c":{"d":{"e":{"f":{"list":[` + ana + `]}}}}}}}`, "no-name-key"},
	} {
		l, err := Read("x.json", strings.NewReader(c.text), Options{})
		got := codeOf(err)
		if err == nil {
			var rows []string
			for _, r := range l.Rows {
				rows = append(rows, fmt.Sprint(r.Number, " ", r.Name))
			}
			got = strings.Join(rows, ", ")
		}
		if got != c.want {
			t.Errorf("%s: %s, not %s", c.text, got, c.want)
		}
	}
}

// What stands where a name should, and the age of a patient, are known; the stretches of a cell may stand one below the
// other.
func TestRowsAreKnown(t *testing.T) {
	l, err := Read("x.csv", strings.NewReader("name,born,date,handout,stretches\nWalk-In,2010-11-30,2026-11-30,neck,\"Knee to chest\n\nfigure-4\"\n"+
		"\"In, Walk\",2010-12-01,2026-11-30,neck,a; b | c\nAna Guest,,2026-11-30,neck,\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"true 16 true Knee to chest;;figure-4", "true 15 true a; b | c", "false 0 false "} {
		r := l.Rows[i]
		years, known := r.Age(r.Start)
		if got := fmt.Sprint(r.Nobody, " ", years, " ", known, " ", r.Stretches); got != want {
			t.Errorf("row %d: %s, not %s", i, got, want)
		}
	}
}
