//go:build !unix

package main

import "github.com/rogpeppe/go-internal/testscript"

// makePipe is for systems where a pipe is a file.
func makePipe(ts *testscript.TestScript, _ bool, _ []string) { ts.Fatalf("there are no pipes here") }
