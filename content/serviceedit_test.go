package content

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// A service that is added is read, and every other line stays.
func TestAddService(t *testing.T) {
	for _, text := range []string{
		"name: Hill\n", "name: Hill", "name: Hill\r\nservices:\r\n    Desk *: neck-and-desk\r\n", "name: Hill\nservices: # what goes with them\n  # ours\n\n  Desk 30: {handout: neck-and-desk}\nemail: a@example.org\n",
		"services:\n",
	} {
		for _, service := range []string{"Hot stone 90", `He said "yes": {a} #1, *`, "Ödem – Lymphdrainage", "- x", "null"} {
			out, err := AddService([]byte(text), service, "sciatica")
			if err != nil {
				t.Fatal(err)
			}
			b, err := ReadBrand(Folder{FS: fstest.MapFS{"clinic.yaml": {Data: out}}, Called: func(s string) string { return s }}, "clinic.yaml")
			if err != nil {
				t.Errorf("%s\n%v", out, err)
				continue
			}
			if s, ok := b.Service(service); !ok || s.Handout != "sciatica" {
				t.Errorf("%s\n%+v", out, b.Services)
			}
			rest := string(out)
			for line := range strings.Lines(text) {
				if line = strings.TrimRight(line, "\r\n"); !strings.Contains(rest, line) {
					t.Errorf("%q is gone from\n%s", line, out)
				}
			}
		}
	}
	for _, text := range []string{"services: {Desk 30: neck-and-desk}\n"} {
		if out, err := AddService([]byte(text), "Hot stone 90", "sciatica"); err == nil {
			t.Errorf("%s", out)
		}
	}
}

// What goes with a service changes, and nothing else: not its stretches, not a remark.
func TestSetService(t *testing.T) {
	const text = "name: A\nservices: # ours\n  # first\n  Deep tissue 60: {handout: sciatica, stretches: [\"figure-4:hold=20s\", cat-cow]} # since May\n" +
		"  \"Desk: 30\": neck-and-desk # x\n  'After ''care''':\n    handout: \"after-massage\" # y\n    stretches: none\n  Talk: none\n  Bare: {stretches: [cat-cow]}\nphone: 555 0100\n"
	for service, line := range map[string]string{
		"deep  tissue 60": `  Deep tissue 60: {handout: low-back, stretches: ["figure-4:hold=20s", cat-cow]} # since May`,
		"Desk: 30":        `  "Desk: 30": low-back # x`,
		"After 'care'":    `    handout: low-back # y`,
		"Talk":            `  Talk: low-back`,
		"Bare":            `  Bare: {handout: low-back, stretches: [cat-cow]}`,
		"Hot stone 90":    `  "Hot stone 90": low-back`,
	} {
		for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
			out, err := SetService([]byte(text), service, "low-back")
			if err != nil {
				t.Errorf("%s: %v", service, err)
				continue
			}
			changed := 0
			before := strings.Split(text, "\n")
			for _, l := range strings.Split(string(out), "\n") {
				if !slices.Contains(before, l) {
					changed++
				}
			}
			b, err := ReadBrand(mapFS("clinic.yaml", string(out)), "clinic.yaml")
			if err != nil {
				t.Errorf("%s: %v\n%s", service, err, out)
				continue
			}
			if s, ok := b.Service(service); !ok || s.Handout != "low-back" || changed != 1 || !strings.Contains(strings.ReplaceAll(string(out), "\r\n", "\n"), "\n"+line+"\n") {
				t.Errorf("%s: %+v\n%s", service, s, out)
			}
		}
	}
	for _, text := range []string{"services: {Desk 30: neck-and-desk}\n", "services:\n  A:\n    stretches: [cat-cow]\n"} {
		if out, err := SetService([]byte(text), "A", "sciatica"); err == nil {
			t.Errorf("%s", out)
		}
	}
}
