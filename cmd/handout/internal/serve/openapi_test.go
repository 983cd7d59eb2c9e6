package serve

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"handout/content"
)

// described is the description, and what validates by its schemas.
type described struct {
	t        *testing.T
	doc      map[string]any
	compiler *jsonschema.Compiler
}

func description(t *testing.T) *described {
	t.Helper()
	data, err := yaml.YAMLToJSON(openapi)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	d := &described{t: t, doc: doc.(map[string]any), compiler: jsonschema.NewCompiler()}
	if err := d.compiler.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	return d
}

// at is what stands there, and an empty object where nothing does.
func (d *described) at(path ...string) map[string]any {
	here := any(d.doc)
	for _, name := range path {
		m, _ := here.(map[string]any)
		here = m[name]
	}
	m, _ := here.(map[string]any)
	return m
}

// holds checks JSON against a schema of the description.
func (d *described) holds(where string, data []byte) error {
	schema, err := d.compiler.Compile("openapi.json#" + where)
	if err != nil {
		d.t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// Every route is described, and what is described is a route. So is what it may be asked.
func TestDescribedRoutes(t *testing.T) {
	d := description(t)
	var routes, told []string
	for _, r := range opened(t, Config{}).routes() {
		routes = append(routes, r.pattern)
		method, path, _ := strings.Cut(r.pattern, " ")
		operation := d.at("paths", path, strings.ToLower(method))
		var query []string
		parameters, _ := operation["parameters"].([]any)
		for _, p := range parameters {
			m := p.(map[string]any)
			if ref, ok := m["$ref"].(string); ok {
				m = d.at("components", "parameters", strings.TrimPrefix(ref, "#/components/parameters/"))
			}
			if m["in"] == "query" {
				query = append(query, m["name"].(string))
			}
		}
		if slices.Sort(query); !slices.Equal(query, r.query) {
			t.Errorf("%s: %v is described, and %v are read", r.pattern, query, r.query)
		}
		if _, open := operation["security"]; open != (r.who == anybody) {
			t.Errorf("%s: who may ask is described wrongly", r.pattern)
		}
	}
	for path, item := range d.at("paths") {
		for method := range item.(map[string]any) {
			told = append(told, strings.ToUpper(method)+" "+path)
		}
	}
	slices.Sort(routes)
	if slices.Sort(told); !slices.Equal(routes, told) {
		t.Errorf("described are %q, and there are %q", told, routes)
	}
}

// The members that are read are those that are described, and so are those of answers.
func TestDescribedMembers(t *testing.T) {
	d := description(t)
	for schema, members := range map[string][]string{
		"Order":    slices.Sorted(maps.Keys(orderMembers)),
		"Visit":    slices.Sorted(maps.Keys(visitMembers)),
		"Defaults": slices.Sorted(maps.Keys(without(orderMembers, "patient", "password"))),
		"Choice":   slices.Sorted(maps.Keys(choiceMembers)),
		"Batch":    slices.Sorted(maps.Keys(batchMembers)),
		"Report":   fieldsOf[report](), "HandoutInfo": fieldsOf[handoutInfo](), "StretchInfo": fieldsOf[stretchInfo](),
		"Mistake": fieldsOf[mistake](), "Became": fieldsOf[became](),
	} {
		if got := slices.Sorted(maps.Keys(d.at("components", "schemas", schema, "properties"))); !slices.Equal(got, members) {
			t.Errorf("%s has %v, and is described with %v", schema, members, got)
		}
	}
	order := d.at("components", "schemas", "Order", "properties")
	for name, want := range map[string]any{"look": content.Looks(), "side": []string{"left", "right"}} {
		if got := order[name].(map[string]any)["enum"]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s is described as one of %v, and is one of %v", name, got, want)
		}
	}
	if got := d.at("components", "schemas", "Choice", "properties", "side")["enum"]; fmt.Sprint(got) != fmt.Sprint(content.Sides()) {
		t.Errorf("a choice's side is described as one of %v", got)
	}
	if got := order["stretches"].(map[string]any)["maxItems"]; fmt.Sprint(got) != fmt.Sprint(content.MaxStretches) {
		t.Errorf("%v stretches are described", got)
	}
	// What a visit and the defaults have is described three times, and is the same.
	bare := func(member any) map[string]any {
		m := maps.Clone(member.(map[string]any))
		delete(m, "description")
		return m
	}
	for _, schema := range []string{"Visit", "Defaults"} {
		for name, member := range d.at("components", "schemas", schema, "properties") {
			if name != "id" && !reflect.DeepEqual(bare(member), bare(order[name])) {
				t.Errorf("%s has %s as %v, and an order as %v", schema, name, member, order[name])
			}
		}
	}
}

func fieldsOf[T any]() (names []string) {
	for i := range reflect.TypeFor[T]().NumField() {
		name, _, _ := strings.Cut(reflect.TypeFor[T]().Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Examples are what they say, and every answer is as it is described: also those that are
// none.
func TestDescribedAnswers(t *testing.T) {
	d, s := description(t), opened(t, Config{Brands: t.TempDir()})
	examples := 0
	for path := range d.at("paths") {
		for name := range d.at("paths", path, "post", "requestBody", "content", "application/json", "examples") {
			example := d.at("paths", path, "post", "requestBody", "content", "application/json", "examples", name)["value"]
			body, err := json.Marshal(example)
			if err != nil {
				t.Fatal(err)
			}
			if err := d.holds(pointerTo("paths", path, "post", "requestBody", "content", "application/json", "schema"), body); err != nil {
				t.Errorf("the example %s: %v", name, err)
			}
			for kind := range d.at("paths", path, "post", "responses", "200", "content") {
				if w := ask(s, "POST "+path, string(body), "Accept: "+kind); w.Code != 200 || d.answers(path, "post", w) != nil {
					t.Errorf("the example %s as %s: %d %v", name, kind, w.Code, d.answers(path, "post", w))
				}
				examples++
			}
		}
	}
	if examples < 8 {
		t.Errorf("only %d examples were made", examples)
	}
	for what, bodies := range map[string][]string{
		"GET /v1/handouts": {"", "?lang=es", "?lang=x!", "?x=y"}, "GET /v1/stretches": {"", "?q=hip", "?q=nothing+at+all", "?lang=", "?lang=es"}, "GET /healthz": {"", "?x=1"}, "GET /openapi.yaml": {""},
		"GET /v1/stretches/{id}/figure.svg": {"", "?frame=2", "?frame=9"},
		"POST /v1/handouts":                 {`{"handout": "nothing"}`, `{`, `{"handout": "sciatica", "x": 1}`, `{"handout": "sciatica", "patient": "` + "\U0001fae8" + `"}`},
		"POST /v1/batches":                  {`{"visits": []}`, `[`, `{"visits": [{"id": "1", "handout": "nothing"}]}`},
	} {
		method, template, _ := strings.Cut(what, " ")
		for _, sent := range bodies {
			try := func(headers ...string) {
				t.Helper()
				path, query, body := strings.ReplaceAll(template, "{id}", "cat-cow"), sent, ""
				if method == "POST" {
					query, body = "", sent
				}
				w := ask(s, method+" "+path+query, body, headers...)
				if err := d.answers(template, strings.ToLower(method), w); err != nil {
					t.Errorf("%s %.50s: %d %v", what, sent, w.Code, err)
				}
			}
			try()
			try("Host: evil.example")
			if method == "POST" {
				try("Sec-Fetch-Site: cross-site")
				try("Content-Type: text/plain")
				try("Accept: text/html")
			}
		}
	}
	// In a ZIP is what is described too.
	w := ask(s, "POST /v1/batches", `{"visits": [{"id": "1", "handout": "sciatica"}, {"id": "2", "handout": "nothing"}]}`)
	z, err := zip.NewReader(bytes.NewReader(w.Body.Bytes()), int64(w.Body.Len()))
	if err != nil {
		t.Fatal(err)
	}
	_, files, _ := unpacked(t, w.Body.Bytes())
	var list []json.RawMessage
	if err := json.Unmarshal(files["report.json"], &list); err != nil || len(list) != 2 || len(z.File) != 2 {
		t.Fatal(err)
	}
	for _, one := range list {
		if err := d.holds("/components/schemas/Became", one); err != nil {
			t.Error(err)
		}
	}
}

func pointerTo(path ...string) string {
	var b strings.Builder
	for _, name := range path {
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name))
	}
	return b.String()
}

// answers tells how an answer is another than is described.
func (d *described) answers(path, method string, w *httptest.ResponseRecorder) error {
	status := fmt.Sprint(w.Code)
	response := d.at("paths", path, method, "responses", status)
	where := []string{"paths", path, method, "responses", status}
	if ref, ok := response["$ref"].(string); ok {
		where = strings.Split(strings.TrimPrefix(ref, "#/"), "/")
		response = d.at(where...)
	}
	if response == nil {
		return fmt.Errorf("the status %s is not described", status)
	}
	kind, _, err := mime.ParseMediaType(w.Header().Get("Content-Type"))
	if err != nil {
		return err
	}
	if d.at(append(where, "content", kind)...) == nil {
		return fmt.Errorf("the type %s is not described for %s", kind, status)
	}
	if strings.HasSuffix(kind, "json") {
		return d.holds(pointerTo(append(where, "content", kind, "schema")...), w.Body.Bytes())
	}
	return nil
}

// Each kind of problem has a section in the document that their types lead to.
func TestKinds(t *testing.T) {
	page, err := os.ReadFile("../../../../docs/programs.md")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| ([0-9]{3}) \\|").FindAllStringSubmatch(string(page), -1) {
		told = append(told, m[1]+" "+m[2])
	}
	var there []string
	for name, k := range kinds {
		there = append(there, fmt.Sprintf("%s %d", name, k.status))
	}
	slices.Sort(told)
	if slices.Sort(there); !slices.Equal(told, there) {
		t.Errorf("docs/programs.md tells of %q, and there are %q", told, there)
	}
}
