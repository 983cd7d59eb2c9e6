//go:build !linux

package store

import (
	"errors"
	"os"
)

// system is what the folder's file system can do: nothing beyond the usual.
type system struct{ together bool }

func systemOf(dir *os.File) system { return system{} }

// openFiles is how many files a program may have open at once, at the least, on
// systems that Go runs on.
func openFiles() int { return 2048 }

func (system) nameless(dir *os.File) (*os.File, error) { return nil, errors.ErrUnsupported }

func (system) link(dir, file *os.File, name string) error { return errors.ErrUnsupported }

func (system) syncAll(dir *os.File) error { return errors.ErrUnsupported }
