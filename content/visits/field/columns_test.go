package field

import (
	"fmt"
	"strings"
	"testing"
)

func TestParseColumns(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`name=Client`, `name="Client"`},
		{` First-Name = "Client, first" , birth date=DOB,E-mail="E-mail"`, `first name="Client, first" email="E-mail" birth date="DOB"`},
		{`no-show=DNA?`, `no-show="DNA?"`},
		{``, "no column is named"},
		{`name`, "a column has no heading"},
		{`name="Client`, "a quote is not closed in the list of columns"},
		{`name="Client"x,nam=y,email=,name=z`, `there is something between a heading and the comma after it; a list has no field called "nam"; email has no heading; name is given twice`},
	} {
		columns, err := ParseColumns(test.text)
		var parts []string
		for f := range Count {
			if columns[f] != "" {
				parts = append(parts, fmt.Sprintf("%s=%q", f, columns[f]))
			}
		}
		got := strings.Join(parts, " ")
		if err != nil {
			got = strings.ReplaceAll(err.Error(), "\n", "; ")
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.text, got, test.want)
		}
	}
}
