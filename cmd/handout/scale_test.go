package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"handout/cmd/handout/internal/day"
)

// The Job in docs/scale can be read, and what it runs is a batch of ours: each index is a
// part of its own, and all parts are there.
func TestJob(t *testing.T) {
	manifest, err := os.ReadFile(filepath.Join("..", "..", "docs", "scale", "job.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	type named struct{ Name string }
	type volume struct {
		Name  string
		Claim map[string]any `yaml:"persistentVolumeClaim"`
		Key   map[string]any `yaml:"secret"`
	}
	var job struct {
		APIVersion string `yaml:"apiVersion"`
		Kind       string
		Metadata   named
		Spec       struct {
			CompletionMode       string `yaml:"completionMode"`
			Completions          int
			Parallelism          int
			BackoffLimitPerIndex int `yaml:"backoffLimitPerIndex"`
			PodFailurePolicy     struct {
				Rules []struct {
					Action      string
					OnExitCodes struct {
						ContainerName string `yaml:"containerName"`
						Operator      string
						Values        []int
					} `yaml:"onExitCodes"`
				}
			} `yaml:"podFailurePolicy"`
			Template struct {
				Spec struct {
					RestartPolicy   string         `yaml:"restartPolicy"`
					Account         bool           `yaml:"automountServiceAccountToken"`
					SecurityContext map[string]any `yaml:"securityContext"`
					Containers      []struct {
						Name, Image   string
						Command, Args []string
						Resources     map[string]any
						Security      map[string]any `yaml:"securityContext"`
						VolumeMounts  []struct {
							Name      string
							MountPath string `yaml:"mountPath"`
							ReadOnly  bool   `yaml:"readOnly"`
						} `yaml:"volumeMounts"`
					}
					Volumes []volume
				}
			}
		}
	}
	if err := yaml.UnmarshalWithOptions(manifest, &job, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	spec := job.Spec
	if job.APIVersion != "batch/v1" || job.Kind != "Job" || spec.CompletionMode != "Indexed" || spec.Parallelism > spec.Completions || spec.Template.Spec.RestartPolicy != "Never" {
		t.Errorf("no Indexed Job: %+v", job)
	}
	pod := spec.Template.Spec
	if len(pod.Containers) != 1 || len(pod.Containers[0].Args) != 1 {
		t.Fatalf("containers %+v", pod.Containers)
	}
	box := pod.Containers[0]
	if rule := spec.PodFailurePolicy.Rules[0]; rule.OnExitCodes.ContainerName != box.Name || !slices.Equal(rule.OnExitCodes.Values, []int{exitFault, exitMisuse}) {
		t.Errorf("the exit codes that no other try mends are %d and %d: %+v", exitFault, exitMisuse, rule)
	}
	for _, m := range box.VolumeMounts {
		if !slices.ContainsFunc(pod.Volumes, func(v volume) bool { return v.Name == m.Name }) {
			t.Errorf("there is no volume %s", m.Name)
		}
	}
	script := box.Args[0]
	command := regexp.MustCompile(`(?s)exec handout batch (.*)`).FindStringSubmatch(strings.ReplaceAll(script, "\\\n", " "))
	if command == nil || !strings.Contains(script, "part=$((JOB_COMPLETION_INDEX + 1))") {
		t.Fatalf("the script is\n%s", script)
	}
	for index := range spec.Completions {
		part := fmt.Sprint(index + 1)
		args := strings.Fields(strings.NewReplacer("$out", "part-"+part, "$part", part, `"`, "").Replace(command[1]))
		b := &batchOrder{}
		f, _ := b.batchFlags()
		if err := f.parse(args); err != nil {
			t.Fatalf("index %d: %v", index, err)
		}
		if b.Part != (day.Part{I: index + 1, N: spec.Completions}) || f.NArg() != 1 || b.Out != "part-"+part || b.Part.Name(b.Print) == "" {
			t.Errorf("index %d is part %v, into %s", index, b.Part, b.Out)
		}
	}
}
