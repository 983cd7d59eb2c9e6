package content

import "testing"

func TestAuthority(t *testing.T) {
	for source, want := range map[string]bool{
		"https://www.nhs.uk/conditions/sciatica/":                   true,
		"http://111.wales.nhs.uk/encyclopaedia/s/article/sciatica/": true,
		"https://doi.org/10.7326/M16-2367":                          true,
		"https://www.ncbi.nlm.nih.gov/books/NBK556219/":             true,
		"https://example.org/leaflet (the town's hospital)":         true,
		"https://example.org/leaflet":                               false,
		"https://example.org/leaflet ()":                            false,
		"https://notnhs.uk/sciatica":                                false,
		"https://nhs.uk.example.com/sciatica":                       false,
		"nhs.uk/sciatica":                                           false,
		"a friend (who knows)":                                      false,
	} {
		if Authority(source) != want {
			t.Errorf("%s: %v", source, !want)
		}
	}
}

// What our handouts say is from authorities, or says why its source is one.
func TestSourcesOfHandouts(t *testing.T) {
	list, err := Open().Handouts()
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range list {
		for _, s := range h.Sources {
			if !Authority(s) {
				t.Errorf("%s: %s is of no authority that content/authority.go knows, and gives no reason", h.ID, s)
			}
		}
	}
}
