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
		parts := []string{"stretch: " + scalar(c.ID)}
		d := c.Changes.Dose
		for k, value := range []string{strconv.Itoa(int(d.Hold.Seconds())) + "s", strconv.Itoa(d.Breath),
			repsText(d), strconv.Itoa(d.Sets), sideNames[d.Side], strconv.Itoa(d.PerDay), strconv.Itoa(d.Days),
			strconv.Quote(d.Unit)} {
			if c.Changes.Given&(1<<k) != 0 {
				parts = append(parts, doseKeys[k]+": "+value)
			}
		}
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

func repsText(d Dose) string {
	if d.Most > 0 {
		return fmt.Sprintf("%d-%d", d.Reps, d.Most)
	}
	return strconv.Itoa(d.Reps)
}
