package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"handout/cmd/handout/internal/press"
	"handout/content"
)

// maxPose bounds the text of a pose, as content does.
const maxPose = 64 << 10

// readPose reads the text of a pose.
func readPose(file string) ([]byte, error) {
	if err := press.Readable(file); err != nil {
		return nil, err
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, press.FileFault(file, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxPose+1))
	if err != nil {
		return nil, press.FileFault(file, err)
	}
	if len(text) > maxPose {
		return nil, &content.Error{Position: content.Position{File: file},
			Message: "the file is larger than " + strconv.Itoa(maxPose>>10) + " kB",
			Hint:    "a pose is a dozen lines of text"}
	}
	return bytes.TrimPrefix(text, []byte("\ufeff")), nil
}

// poseTitle is what a pose calls itself: the comment in its first line, or the
// name of its file.
func poseTitle(file string, text []byte) string {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	comment, ok := bytes.CutPrefix(bytes.TrimSpace(first), []byte("#"))
	if !ok {
		comment = nil
	}
	for _, title := range []string{string(comment), strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))} {
		title = strings.Join(strings.Fields(strings.ToValidUTF8(title, "")), " ")
		if title != "" && utf8.RuneCountInString(title) <= 120 {
			return title
		}
	}
	return "Pose"
}
