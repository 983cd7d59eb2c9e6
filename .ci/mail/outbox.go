// Command outbox fills an outbox for the judges of mail: one message for each PDF
// in a folder, to a person of its own whose name and address are awkward.
//
//	go run ./.ci/mail/outbox.go OUTBOX FOLDER
package main

import (
	"fmt"
	"log"
	netmail "net/mail"
	"os"
	"path/filepath"
	"time"

	"handout/output/mail"
)

var names = []string{
	"Ana Ruiz", `Quillfeather, "Bo"`, "Zoë Nuñez-O'Brien", "Đặng Thị Hương", "שרה", "محمد",
	"Bcc: x@clinic.example", "a\r\nBcc: x@clinic.example", "=?utf-8?q?x?=", "W" + "olfeschlegelsteinhausenbergerdorff",
}

func main() {
	log.SetFlags(0)
	pages, err := filepath.Glob(filepath.Join(os.Args[2], "*.pdf"))
	if err != nil || len(pages) == 0 {
		log.Fatal("no pages: ", err)
	}
	box, err := mail.Create(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for i, page := range pages {
		pdf, err := os.ReadFile(page)
		if err != nil {
			log.Fatal(err)
		}
		row, code, name := i+1, fmt.Sprintf("J%04d", i+1), names[i%len(names)]
		eml, err := mail.Compose(mail.Message{
			ID: box.ID(code), Code: code, Date: time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC),
			From:    netmail.Address{Name: "Zoë's Clinic, \"The Knee\"", Address: "hello@clinic.example"},
			ReplyTo: "desk@clinic.example", To: netmail.Address{Name: name,
				Address: fmt.Sprintf("patient%d@clinic.example", row)},
			Subject: "Your handout from Zoë's Clinic", Lang: "en",
			Text: "Hello " + name + ",\n.\n..\nFrom here on.\n", HTML: "<p>Hello</p>\n", PDF: pdf, File: "handout.pdf",
		})
		if err != nil {
			log.Fatal(err)
		}
		if _, err := box.Add(row, code, eml); err != nil {
			log.Fatal(err)
		}
	}
	if err := box.Sync(); err != nil {
		log.Fatal(err)
	}
	if err := box.Close(); err != nil {
		log.Fatal(err)
	}
}
