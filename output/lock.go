package output

import (
	"fmt"
	"io"
	"math"
	"time"

	"handout/layout"
)

// Lock keeps a file from those who do not have its password. Who has it may do
// with the file whatever they like: print it, copy from it, have it read aloud.
type Lock struct {
	// Password is UTF-8, and at most 127 bytes long once it is normalised.
	Password string
	// Random gives the keys: crypto/rand.Reader, but for tests.
	Random io.Reader
}

// Locked writes a page as PDF does and encrypts it with AES of 256 bits (the
// standard security handler, revision 6: ISO 32000-2, 7.6.4). What can be seen without
// the password is how many streams there are, of what kind and how long: no word of the
// page, nor its title, and not which letters its fonts have.
//
// It fails as PDF does, with a *PasswordError for a password that cannot be
// used, and where there are no random numbers.
func (w *Writer) Locked(p *layout.Page, made time.Time, lock Lock) ([]byte, error) {
	password, err := prepared(lock.Password)
	if err != nil {
		return nil, err
	}
	f, err := w.document(p, made, false)
	if err != nil {
		return nil, err
	}
	keys, err := newSecurity(password, lock.Random)
	if err != nil {
		return nil, err
	}
	// Revision 6 is of PDF 2.0, which PDF/UA-1 is not: in a file of version 1.7 it
	// is Adobe's extension of level 8.
	f.dict(f.root).set("Extensions", newDict(1).set("ADBE", newDict(2).
		set("BaseVersion", name("1.7")).set("ExtensionLevel", integer(8))))
	return f.sealed(keys), nil
}

// sealed is the file with all but its streams, and what says how to decrypt, in one
// stream of objects (7.5.7), which is encrypted as a whole. Names and numbers are not
// encrypted by themselves, and those of a font tell which letters it was cut down to: of
// most scripts those of the patient's name.
func (f *file) sealed(keys *security) []byte {
	encrypt := f.add(keys.dict)
	w := writer{file: f, number: make([]int, len(f.objects))}
	size := 1024
	for _, root := range []ref{f.root, f.info, encrypt} {
		w.visit(root, &size)
	}
	packing, count := len(w.order)+1, 0
	table := packing + 1
	var rows xref
	rows.add(0, 0, math.MaxUint16)
	var index []byte
	inner := writer{file: f, number: w.number}
	w.data = make([]byte, 0, size)
	w.raw(header)
	for i, r := range w.order {
		if _, is := f.objects[r].(*stream); is || r == encrypt {
			rows.add(1, int64(len(w.data)), 0)
			if w.security = keys; r == encrypt {
				w.security = nil
			}
			w.indirect(i+1, f.objects[r])
			continue
		}
		rows.add(2, int64(packing), count)
		count++
		index = fmt.Appendf(index, "%d %d ", i+1, len(inner.data))
		inner.object(f.objects[r])
		inner.raw("\n")
	}
	rows.add(1, int64(len(w.data)), 0)
	w.security = keys
	w.indirect(packing, well.stream(newDict(4).set("Type", name("ObjStm")).set("N", integer(count)).
		set("First", integer(len(index))), append(index, inner.data...)))

	at := len(w.data)
	rows.add(1, int64(at), 0)
	w.security = nil
	id, cross := w.id(), rows.stream()
	cross.dict.set("Size", integer(table+1)).set("Root", f.root).set("Info", f.info).set("Encrypt", encrypt).
		set("ID", array{id, id})
	w.indirect(table, cross)
	w.raw(fmt.Sprintf("startxref\n%d\n%%%%EOF\n", at))
	return w.data
}
