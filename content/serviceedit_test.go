package content

import (
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
