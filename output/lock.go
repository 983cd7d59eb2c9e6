package output

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
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
	cross.dict.set("Size", integer(table+1)).set("Root", f.root).set("Info", f.info).set("Encrypt", encrypt).set("ID", array{id, id})
	w.indirect(table, cross)
	w.raw(fmt.Sprintf("startxref\n%d\n%%%%EOF\n", at))
	return w.data
}

// security is the standard security handler of one file.
type security struct {
	block cipher.Block
	ivs   cipher.Stream // initialization vectors, no two alike and none to be foreseen
	dict  *dict         // Encrypt
}

// newSecurity makes a file's keys. Its owner has a password too (Algorithm 9),
// 32 random bytes that are nowhere kept: nobody needs it.
func newSecurity(password []byte, random io.Reader) (*security, error) {
	var seed struct {
		Key, IVs, Owner     [32]byte
		UserSalt, OwnerSalt [16]byte
		Perms               [4]byte
	}
	if random == nil || binary.Read(random, binary.BigEndian, &seed) != nil {
		return nil, errors.New("page: cannot be locked: there are no random numbers")
	}
	user := verifier(password, seed.UserSalt, nil)
	userKey := wrap(password, seed.UserSalt, nil, seed.Key)
	owner := verifier(seed.Owner[:], seed.OwnerSalt, user)
	ownerKey := wrap(seed.Owner[:], seed.OwnerSalt, user, seed.Key)

	// Algorithm 10. All that can be allowed is: bits 1 and 2 are always 0.
	const permissions = -4
	perms := binary.LittleEndian.AppendUint32(nil, uint32(1<<32+permissions))
	perms = append(perms, "\xff\xff\xff\xffTadb"...) // T: the metadata are encrypted too
	perms = append(perms, seed.Perms[:]...)
	s := &security{block: aesOf(seed.Key[:])}
	s.block.Encrypt(perms, perms)
	s.ivs = cipher.NewCTR(aesOf(seed.IVs[:]), make([]byte, aes.BlockSize))

	filter := newDict(3).set("AuthEvent", name("DocOpen")).set("CFM", name("AESV3")).set("Length", integer(32))
	s.dict = newDict(12).set("Filter", name("Standard")).set("V", integer(5)).set("R", integer(6)).set("Length", integer(256)).
		set("CF", newDict(1).set("StdCF", filter)).set("StmF", name("StdCF")).set("StrF", name("StdCF")).
		set("U", str(user)).set("UE", str(userKey)).set("O", str(owner)).set("OE", str(ownerKey)).
		set("P", integer(permissions)).set("Perms", str(perms))
	return s, nil
}

// verifier is U or O of the Encrypt dictionary (Algorithms 8 and 9, step a): what
// a password is checked against, and the salts. user is U where it is O's turn.
func verifier(password []byte, salts [16]byte, user []byte) []byte {
	return append(hardened(password, salts[:8], user), salts[:]...)
}

// wrap is UE or OE (Algorithms 8 and 9, step b): the file's key, encrypted.
func wrap(password []byte, salts [16]byte, user []byte, key [32]byte) []byte {
	out := make([]byte, len(key))
	cipher.NewCBCEncrypter(aesOf(hardened(password, salts[8:], user)), make([]byte, aes.BlockSize)).CryptBlocks(out, key[:])
	return out
}

// hardened is a hash of a password that takes long to try out (Algorithm 2.B).
func hardened(password, salt, user []byte) []byte {
	sum := sha256.Sum256(slices.Concat(password, salt, user))
	k := sum[:]
	var e []byte
	for round := 0; round < 64 || int(e[len(e)-1]) > round-32; round++ {
		once := slices.Concat(password, k, user)
		e = e[:0]
		for range 64 {
			e = append(e, once...)
		}
		cipher.NewCBCEncrypter(aesOf(k[:16]), k[16:32]).CryptBlocks(e, e)
		// Its first 16 bytes as a number, modulo 3: as 256 is 1 modulo 3, so is the sum of them.
		sum := 0
		for _, b := range e[:16] {
			sum += int(b)
		}
		switch sum % 3 {
		case 0:
			h := sha256.Sum256(e)
			k = h[:]
		case 1:
			h := sha512.Sum384(e)
			k = h[:]
		case 2:
			h := sha512.Sum512(e)
			k = h[:]
		}
	}
	return k[:32]
}

// encrypt is Algorithm 1.A: a vector of its own, then CBC, padded to whole
// blocks, by a whole one where none is needed.
func (s *security) encrypt(data []byte) []byte {
	pad := aes.BlockSize - len(data)%aes.BlockSize
	out := make([]byte, aes.BlockSize+len(data)+pad)
	iv, body := out[:aes.BlockSize], out[aes.BlockSize:]
	s.ivs.XORKeyStream(iv, iv)
	for i := copy(body, data); i < len(body); i++ {
		body[i] = byte(pad)
	}
	cipher.NewCBCEncrypter(s.block, iv).CryptBlocks(body, body)
	return out
}

func aesOf(key []byte) cipher.Block {
	b, err := aes.NewCipher(key)
	if err != nil {
		panic(fmt.Sprintf("output: %v", err)) // its keys are of 16 and 32 bytes
	}
	return b
}
