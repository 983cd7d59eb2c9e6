package day

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/visits"
	"handout/layout"
)

// A row in large print is shown with the stretches that its page will have.
func TestAskedInLargePrint(t *testing.T) {
	r := rosterOf(t, "1,2026-11-23,09:00,Ana,,,,after-massage")
	for edition, want := range map[string][]string{
		layout.Standard: {"cat-cow", "neck-turn", "doorway-chest"},
		layout.Large:    {"cat-cow"},
	} {
		r.Page.Sheet.Edition = edition
		var got []string
		for _, c := range Ask(r.press, r.Order)[0].Choices {
			got = append(got, c.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", edition, got, want)
		}
	}
}

// What refuses a row or its message when it is made does so when it is only looked at, in the same words; and nothing
// else does.
func TestCheckIsTheRealWalk(t *testing.T) {
	brand := filepath.Join(t.TempDir(), "clinic.yaml")
	if err := os.WriteFile(brand, []byte("name: Harbour Lane\nemail: desk@harbour.example\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := press.Open(press.Config{Brand: brand})
	if err != nil {
		t.Fatal(err)
	}
	const list = "visit,date,name,birth date,email,email consent,handout,stretches,note,next visit,password,edition\n" +
		"1,2026-11-23,Ana,1970-02-03,ana@mail.example,yes,sciatica,,,,opensesame,\n" +
		"2,2026-11-23,김민수,1970-02-03,kim@mail.example,yes,sciatica,,,,opensesame,\n" +
		"3,2026-11-23,Bo,1970-02-03,bo@mail.example,yes,sciatica,,,김,opensesame,\n" +
		"4,2026-11-23,Chi,1970-02-03,chi@mail.example,yes,sciatica,,김,,opensesame,\n" +
		"5,2026-11-23,Dee,,dee@mail.example,yes,sciatica,,,,short,\n" +
		"6,2026-11-23,Eve,,eve@mail.example,yes,sciatica,,,,,\n" +
		"7,2026-11-23,Fay,1970-02-03,fay@,yes,sciatica,,,,opensesame,\n" +
		"8,2026-11-23,Gil,1970-02-03,gil@mail.example,yes,sciatica,,,,openאבגsesame,\n" +
		"9,2026-11-23,Hal,1970-02-03,hal@mail.example,yes,sciatca,,,,opensesame,\n" +
		"10,2026-11-23,Ivy,1970-02-03,ivy@mail.example,yes,pregnancy,press-up,,,opensesame,\n" +
		"11,2026-11-23,Jan,1970-02-03,jan@mail.example,yes,sciatica,\"figure-4,cat-cow,bridge,bird-dog,chin-tuck,wall-calf,hip-flexor\",,,opensesame,large\n" +
		"12,2026-11-23,Kim,1970-02-03,kim@mail.example,yes,wrist-drop,,,,opensesame,\n"
	order := func(lock Lock) *Order {
		visits, err := ReadList(p, "day.csv", strings.NewReader(list), visits.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return &Order{List: visits, Page: press.Request{Made: today, Visit: content.Visit{Date: today}}, Path: "day.csv", Now: today,
			Mail: &Mail{Lock: lock}, Out: filepath.Join(t.TempDir(), "out"),
			Say: Voice{Fit: func(*layout.Fitting) (cut, notes []string) { return }, Mistakes: press.Mistakes}}
	}
	for _, lock := range Locks {
		refused := func(report *Report, err error) (lines []string) {
			if err != nil {
				t.Fatal(err)
			}
			for l := range report.Rows() {
				if l.What != "" {
					lines = append(lines, fmt.Sprint(l.Row, l.State == Failed, l.Mail == NoMail, l.What, l.Hint))
				}
			}
			return lines
		}
		o := order(lock)
		looked := refused(Check(t.Context(), p, o))
		if _, err := os.Stat(o.Out); err == nil {
			t.Error("there is a folder")
		}
		made := refused(Run(t.Context(), p, order(lock)))
		if !slices.Equal(looked, made) || len(made) < 8 {
			t.Errorf("%s: looked at\n%s\nmade\n%s", lock, strings.Join(looked, "\n"), strings.Join(made, "\n"))
		}
	}
}
