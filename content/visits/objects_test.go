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
