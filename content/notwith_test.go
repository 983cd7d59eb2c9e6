package content

import (
	"strings"
	"testing"
)

// What a handout is not given with is refused, or said where it is given all the same.
func TestNotWith(t *testing.T) {
	const text = "---\ntitle: H\nnot-with: [figure-4, cat-cow]\n---\nText.\n\n```stretches\n```\n"
	l := Open(mapFS("handouts/h.md", text, "handouts/own.md", strings.Replace(text, "not-with", "stretches: [cat-cow]\nnot-with", 1),
		"handouts/bad.md", "---\ntitle: H\nnot-with: ['figure-4:hold=2s', '@desk-neck', none-such]\n---\nText.\n"))
	for _, c := range []struct{ id, list, errs, warnings string }{
		{"h", "knee-to-chest", "", ""},
		{"h", "knee-to-chest,Figure-4:hold=20s", "the stretch figure-4 is not given with this handout: its author says not-with", "the stretch figure-4 is not given with this handout: its author says not-with"},
		{"h", "cat-cow,figure-4", "the stretch cat-cow is not given with this handout: its author says not-with\nthe stretch figure-4 is not given with this handout: its author says not-with",
			"the stretch cat-cow is not given with this handout: its author says not-with\nthe stretch figure-4 is not given with this handout: its author says not-with"},
		{"own", "", "handouts/own.md:3:13: the stretch cat-cow is not given with this handout: its author says not-with", "handouts/own.md:3:13: the stretch cat-cow is not given with this handout: its author says not-with"},
	} {
		h, err := l.Handout(c.id)
		if err != nil {
			t.Fatal(err)
		}
		chosen, err := ParseChoices(strings.ReplaceAll(c.list, "Figure-4", "figure-4"))
		if err != nil {
			t.Fatal(err)
		}
		v := Visit{Stretches: chosen, Chosen: c.list != ""}
		_, err = l.Personalise(h, nil, v)
		if (err == nil) != (c.errs == "") || err != nil && err.Error() != c.errs {
			t.Errorf("%s %s: %v", c.id, c.list, err)
		}
		v.Anyway = true
		p, err := l.Personalise(h, nil, v)
		if err != nil {
			t.Fatal(err)
		}
		if p.Warnings.Error() != c.warnings {
			t.Errorf("%s %s anyway: %v", c.id, c.list, p.Warnings)
		}
	}
	if _, err := l.Handout("bad"); err == nil || strings.Count(err.Error(), "the name of a stretch should be here") != 2 {
		t.Errorf("%v", err)
	}
	_, _, err := l.Check(mapFS("handouts/x.md", "---\ntitle: H\nnot-with: [none-such]\n---\nText.\n"), "handouts/x.md")
	if err == nil || !strings.Contains(err.Error(), `there is no stretch called "none-such"`) {
		t.Errorf("%v", err)
	}
}

// When to do more is a remark; who asks first stands before when to stop.
func TestMoreAndAsk(t *testing.T) {
	text := strings.TrimRight(sidedStretch, "\n") + "\n\n## When to do more\n\nAfter a week, the right leg too, says {clinic}.\n\n> [!IMPORTANT]\n> Ask {clinic} first if your right hip is new{each: or sore}.\n"
	e := cardOf(t, sidedPage(t, text, "s:side=left", &Brand{Name: "Hill"}, Visit{})).Stretch
	if got := e.Remarks[More].Text.String(); got != "After a week, the left leg too, says Hill." {
		t.Errorf("%q", got)
	}
	if got := e.Stop.String(); !strings.HasPrefix(got, "Ask Hill first if your left hip is new. Left: stop") {
		t.Errorf("%q", got)
	}
	for _, c := range []struct{ text, want string }{
		{text + "\n> [!IMPORTANT]\n> Again.\n", "a stretch has one callout"},
		{strings.Replace(text, "do more", "do more {.brief}", 1), "this part cannot have this mark"},
		{text + "\n## When to do more\n\nx\n", "this part appears twice"},
	} {
		_, err := ReadStretch(mapFS("s.md", c.text, "x.fig", "figure 1\n"), "s.md")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}
