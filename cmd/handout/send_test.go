package main

import (
	"encoding/pem"
	"fmt"
	netmail "net/mail"
	"os"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"handout/output/mail"
	"handout/output/mail/mailtest"
)

// makeOutbox makes an outbox with a message for each code: outbox DIR CODE...
// The message of row 1 goes to quillfeather1@clinic.example, and so on.
func makeOutbox(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: outbox DIR CODE...")
	}
	box, err := mail.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer box.Close()
	for i, code := range args[1:] {
		eml, err := mail.Compose(mail.Message{
			ID: box.ID(code), Code: code, Date: time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC),
			From:    netmail.Address{Name: "Clinic", Address: "hello@clinic.example"},
			To:      netmail.Address{Name: "Zoë Quillfeather", Address: fmt.Sprintf("quillfeather%d@clinic.example", i+1)},
			Subject: "Your handout", Text: "Hello Zoë Quillfeather\n", Lang: "en",
			PDF: []byte("%PDF-1.7\n" + code), File: "handout.pdf",
		})
		ts.Check(err)
		_, err = box.Add(i+1, code, eml)
		ts.Check(err)
	}
	ts.Check(box.Sync())
}

// startMailServer runs a mail server until the script ends: mailserver SECURITY
// PASSWORD [STAGE ANSWER TIMES]. It sets PORT and SSL_CERT_FILE, gives the answer at
// the stage so many times, and lists who it has taken mail for in the file mailed.
func startMailServer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 && len(args) != 5 {
		ts.Fatalf("usage: mailserver SECURITY PASSWORD [STAGE ANSWER TIMES]")
	}
	times := 0
	if len(args) == 5 {
		var err error
		times, err = strconv.Atoi(args[4])
		ts.Check(err)
	}
	list, err := os.Create(ts.MkAbs("mailed"))
	ts.Check(err)
	to := ""
	s, err := mailtest.Start(args[0], args[1], func(stage, said string) string {
		switch stage {
		case "rcpt":
			to = said
		case "kept":
			fmt.Fprintln(list, to)
		}
		if times > 0 && stage == args[2] {
			times--
			return args[3]
		}
		return ""
	})
	ts.Check(err)
	ts.Defer(func() {
		s.Close()
		list.Close()
	})
	file := ts.MkAbs("root.pem")
	ts.Check(os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Root}), 0o600))
	ts.Setenv("SSL_CERT_FILE", file)
	ts.Setenv("PORT", strconv.Itoa(s.Port))
}
