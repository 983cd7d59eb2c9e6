//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
)

// imageFile is what docs/scale/Dockerfile makes.
type imageFile struct {
	Program string // is all there is in it
	User    int
	Port    int
	Args    []string
}

func readImage(t *testing.T) (i imageFile) {
	t.Helper()
	text, err := os.ReadFile("../../docs/scale/Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, line := range regexp.MustCompile(`(?m)^([A-Z]+) (.*)$`).FindAllStringSubmatch(string(text), -1) {
		if said[line[1]] != "" {
			t.Errorf("%s stands twice", line[1])
		}
		said[line[1]] = line[2]
	}
	if said["FROM"] != "scratch" {
		t.Errorf("it begins with %q", said["FROM"])
	}
	entry := []string{}
	for name, to := range map[string]*[]string{"ENTRYPOINT": &entry, "CMD": &i.Args} {
		if err := json.Unmarshal([]byte(said[name]), to); err != nil {
			t.Errorf("%s %s: %v", name, said[name], err)
		}
	}
	i.Program = strings.TrimPrefix(said["COPY"], "handout ")
	if len(entry) != 1 || entry[0] != i.Program {
		t.Errorf("it starts %q, and has %q", entry, i.Program)
	}
	if i.Port, err = strconv.Atoi(said["EXPOSE"]); err != nil {
		t.Error(err)
	}
	user, group, _ := strings.Cut(said["USER"], ":")
	if i.User, err = strconv.Atoi(user); err != nil || i.User == 0 || group != user {
		t.Errorf("it runs as %q", said["USER"])
	}
	return i
}

// probe is how Kubernetes asks whether a copy is well.
type probe struct {
	Get struct {
		Path, Port string
		Headers    []struct{ Name, Value string } `yaml:"httpHeaders"`
	} `yaml:"httpGet"`
	Period  int `yaml:"periodSeconds"`
	Failure int `yaml:"failureThreshold"`
}

// deployment is docs/scale/deployment.yaml, as far as it is ours to get wrong.
type deployment struct {
	Kind string
	Spec struct {
		Selector struct {
			MatchLabels map[string]string `yaml:"matchLabels"`
		}
		Template struct {
			Metadata struct{ Labels map[string]string }
			Spec     struct {
				Grace      int            `yaml:"terminationGracePeriodSeconds"`
				Security   map[string]any `yaml:"securityContext"`
				Containers []struct {
					Args  []string
					Ports []struct {
						Name string
						Port string `yaml:"containerPort"`
					}
					Startup   probe                     `yaml:"startupProbe"`
					Readiness probe                     `yaml:"readinessProbe"`
					Liveness  probe                     `yaml:"livenessProbe"`
					Resources map[string]map[string]any `yaml:"resources"`
					Security  map[string]any            `yaml:"securityContext"`
					Mounts    []struct {
						Name string
						Path string `yaml:"mountPath"`
					} `yaml:"volumeMounts"`
				}
				Volumes []struct{ Name string }
			}
		}
	}
}

// The Dockerfile and the Deployment in docs/scale start a server of ours: the line of each is
// run, what asks whether it is well is asked, a page is made, nothing is written and it
// ends in time.
func TestDeployment(t *testing.T) {
	built := readImage(t)
	text, err := os.ReadFile("../../docs/scale/deployment.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var d deployment
	documents := yaml.NewDecoder(bytes.NewReader(text))
	if err := documents.Decode(&d); err != nil || d.Kind != "Deployment" || len(d.Spec.Template.Spec.Containers) != 1 {
		t.Fatalf("%v: %+v", err, d)
	}
	pod := d.Spec.Template.Spec
	box := pod.Containers[0]
	for label, is := range d.Spec.Selector.MatchLabels {
		if d.Spec.Template.Metadata.Labels[label] != is {
			t.Errorf("its pods have no %s %s", label, is)
		}
	}
	for _, other := range []string{"Service", "HorizontalPodAutoscaler"} {
		var one struct{ Kind string }
		if err := documents.Decode(&one); err != nil || one.Kind != other {
			t.Errorf("%+v: %v", one, err)
		}
	}
	if pod.Security["runAsNonRoot"] != true || pod.Security["runAsUser"] != uint64(built.User) {
		t.Errorf("the image runs as %d, and the pod as %v", built.User, pod.Security)
	}
	if box.Security["readOnlyRootFilesystem"] != true || box.Security["allowPrivilegeEscalation"] != false {
		t.Errorf("it may do too much: %v", box.Security)
	}
	if time.Duration(pod.Grace)*time.Second < stopGrace+5*time.Second {
		t.Errorf("it is killed after %d s", pod.Grace)
	}
	if box.Resources["requests"]["memory"] == nil || box.Resources["limits"]["memory"] == nil {
		t.Errorf("it may take what it likes: %v", box.Resources)
	}
	tokens, home := filepath.Join(t.TempDir(), "tokens"), t.TempDir()
	const token = "a-token-of-the-container"
	if err := os.WriteFile(tokens, []byte(token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	there := map[string]string{"/run/secrets/handout/tokens": tokens, "/brands": "../../docs/harbour-lane"}
	for name, args := range map[string][]string{"Dockerfile": built.Args, "deployment.yaml": box.Args} {
		t.Run(name, func(t *testing.T) {
			args, port := slices.Clone(args), ""
			for i, arg := range args {
				if real := there[arg]; real != "" {
					args[i] = real
				}
				if i > 0 && args[i-1] == "--listen" {
					args[i], port = "127.0.0.1:0", strings.TrimPrefix(arg, ":")
				}
			}
			if port != strconv.Itoa(built.Port) {
				t.Errorf("it listens at %s, and %d is told", port, built.Port)
			}
			s := newServer(t, home)
			s.Args = append(s.Args[:1], args...)
			s.starts(t)
			name, _, _ := strings.Cut(strings.TrimPrefix(s.url, "http://"), ":")
			for _, p := range []probe{box.Startup, box.Readiness, box.Liveness} {
				host := name
				if slices.Contains(args, "--brands") {
					if len(p.Get.Headers) != 1 || p.Get.Headers[0].Name != "Host" {
						t.Fatalf("%+v asks by no name", p)
					}
					host = p.Get.Headers[0].Value
				}
				if p.Get.Port != box.Ports[0].Name || box.Ports[0].Port != strconv.Itoa(built.Port) {
					t.Errorf("%+v asks at another port than %v", p, box.Ports)
				}
				if answer, said := s.asked(t, "GET", p.Get.Path, host, "", ""); answer.StatusCode != 200 || p.Period < 1 || p.Period*p.Failure < 0 {
					t.Errorf("%+v: %s %s", p, answer.Status, said)
				}
			}
			order := `{"handout": "sciatica", "date": "2026-11-30"}`
			if slices.Contains(args, "--brands") {
				order = `{"handout": "sciatica", "date": "2026-11-30", "clinic": "clinic"}`
			}
			if answer, said := s.asked(t, "POST", "/v1/handouts", name, token, order); answer.StatusCode != 200 || !bytes.HasPrefix(said, []byte("%PDF")) {
				t.Errorf("%s %.300s", answer.Status, said)
			}
			if answer, _ := s.asked(t, "POST", "/v1/handouts", name, token[1:], order); answer.StatusCode != 401 {
				t.Errorf("with another token %s", answer.Status)
			}
			if err := s.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			s.endsWell(t)
			if left, err := os.ReadDir(home); err != nil || len(left) > 0 {
				t.Errorf("it wrote %v, %v", left, err)
			}
		})
	}
	for _, m := range box.Mounts {
		if !slices.ContainsFunc(pod.Volumes, func(v struct{ Name string }) bool { return v.Name == m.Name }) {
			t.Errorf("there is no volume %s", m.Name)
		}
		if there[m.Path] == "" && there[m.Path+"/tokens"] == "" {
			t.Errorf("nothing is read of %s", m.Path)
		}
	}
}
