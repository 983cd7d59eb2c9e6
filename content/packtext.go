package content

import (
	"fmt"
	"strconv"
	"strings"
)

// PackText is the file of a pack that somebody has put together: its name, and stretches with
// what is changed of their doses. Its notes are in the language given.
func PackText(name, lang string, list []Choice) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "name: %s\n", scalar(name))
	for _, c := range list {
		if c.Note != "" {
			fmt.Fprintf(&b, "languages: [%s]\n", scalar(lang))
			break
		}
	}
	b.WriteString("stretches:\n")
	for _, c := range list {
		parts := append([]string{"stretch: " + scalar(c.ID)}, c.Changes.written()...)
		if c.Video != "" {
			parts = append(parts, "video: "+strconv.Quote(c.Video))
		}
		if c.Note != "" {
			parts = append(parts, "note: "+strconv.Quote(c.Note))
		}
		if len(parts) == 1 {
			fmt.Fprintf(&b, "  - %s\n", scalar(c.ID))
			continue
		}
		fmt.Fprintf(&b, "  - {%s}\n", strings.Join(parts, ", "))
	}
	return []byte(b.String())
}

// written is each key of a dose that is given, as a file says it.
func (c Changes) written() (keys []string) {
	d := c.Dose
	for k, value := range []string{strconv.Itoa(int(d.Hold.Seconds())) + "s", strconv.Itoa(d.Breath),
		repsText(d), strconv.Itoa(d.Sets), sideNames[d.Side], strconv.Itoa(d.PerDay), strconv.Itoa(d.Days),
		strconv.Quote(d.Unit)} {
		if c.Given&(1<<k) != 0 {
			keys = append(keys, doseKeys[k]+": "+value)
		}
	}
	return keys
}

func repsText(d Dose) string {
	if d.Most > 0 {
		return fmt.Sprintf("%d-%d", d.Reps, d.Most)
	}
	return strconv.Itoa(d.Reps)
}
