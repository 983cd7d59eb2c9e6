package output

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

const password = "Zoë’s 12th"

// seeded gives the same random bytes for the same seed.
func seeded(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

// Algorithm 2.B against a file that qpdf 11.3 encrypted: the user's passwords are
// given, the owner's is "owner of it".
func TestHardened(t *testing.T) {
	unhex := func(s string) []byte {
		b, err := hex.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, c := range []struct{ user, u, ue, o, oe, key string }{
		{"Straße 12:ü",
			"2256446388174e7f7b3ef3fd2fc6ebc8060bc4b95c9fa48a288705e42f81b2f1120ac59b958538eb167dfd88359a3f64",
			"473d4240cd8d02458c450160d52dde68f988d27c55c5a8f0b66eda36b11251c6",
			"6038bc522fb816841e0fe1078ab316f47bf6abe8170dcf5d6dc5254c78bacd140f2ba56de9ebdc73b8ecedea3d319ee3",
			"9d8ffbc84482f2c6184037ee3241c3b65508d1134481ae67827099d1d0557e94",
			"7abf89bab3930aa4cbb497f4f07ff203a8028da8828a90e2c729b57aa5a11a08"},
		{"a",
			"5cb7b6d2157780367b2dab1c805eac9b0ff86a18e18231e1a86d78537a18bbdadfd5f6d563bb6b36107dbf52fb9882b3",
			"6b93c344f686fcf79994f7d03083f9e15977f2c27596f49d29d2f8f56385904d",
			"c7bf8e21af1a180ee9d24038e8e27c022f812961df0a08cfd0bd7b497a92692345cb2e1cf867eb1163ec760c103169ec",
			"edebe9c5515e4a389600b18c10bb47a0ad88a785792cc514e7a1d74ce9cf8ebf",
			"a39255e0792a1f5d274c0aaf0d8cf54b3f8f7d0d7fd01138a3d9bc60dd0f77d4"},
	} {
		u, o := unhex(c.u), unhex(c.o)
		for _, side := range []struct{ password, check, wrapped, user []byte }{
			{[]byte(c.user), u, unhex(c.ue), nil}, {[]byte("owner of it"), o, unhex(c.oe), u},
		} {
			if got := hardened(side.password, side.check[32:40], side.user); !bytes.Equal(got, side.check[:32]) {
				t.Errorf("%s: the hash is %x", c.user, got)
			}
			if got := wrap(side.password, [16]byte(side.check[32:]), side.user, [32]byte(unhex(c.key))); !bytes.Equal(got, side.wrapped) {
				t.Errorf("%s: the wrapped key is %x", c.user, got)
			}
		}
	}
}

var errPassword = errors.New("the password does not open the file")

// unlock decrypts a file as ISO 32000-2, 7.6 tells a reader to, and gives it as it
// was before it was encrypted.
func unlock(t *testing.T, data []byte, password string) ([]byte, error) {
	t.Helper()
	f, trailer, packed := readTable(t, data)
	encrypt, _ := trailer.get("Encrypt").(ref)
	d := f.dict(encrypt)
	said := func(key name) []byte { s, _ := d.get(key).(str); return s }
	filter := f.dict(f.dict(d.get("CF")).get("StdCF"))
	if d.get("Filter") != name("Standard") || d.get("V") != integer(5) || d.get("R") != integer(6) || filter.get("CFM") != name("AESV3") ||
		d.get("StmF") != name("StdCF") || d.get("StrF") != name("StdCF") || len(said("U")) != 48 || len(said("O")) != 48 || d.get("EncryptMetadata") != nil {
		t.Fatalf("encrypted by %v", d.entries)
	}
	// Algorithm 2.A, the owner's turn first.
	u, o := said("U"), said("O")
	var key []byte
	switch pw := []byte(password); {
	case bytes.Equal(hardened(pw, o[32:40], u), o[:32]):
		key = decryptCBC(hardened(pw, o[40:48], u), make([]byte, 16), said("OE"))
	case bytes.Equal(hardened(pw, u[32:40], nil), u[:32]):
		key = decryptCBC(hardened(pw, u[40:48], nil), make([]byte, 16), said("UE"))
	default:
		return nil, errPassword
	}
	perms := make([]byte, 16)
	aesOf(key).Decrypt(perms, said("Perms"))
	granted, _ := d.get("P").(integer)
	if string(perms[8:12]) != "Tadb" || int32(binary.LittleEndian.Uint32(perms)) != int32(granted) || granted>>9&1 != 1 || granted>>2&1 != 1 || granted&3 != 0 {
		t.Fatalf("permissions %d and %x", granted, perms)
	}

	var vectors [][]byte
	plain := func(sealed []byte) []byte {
		if len(sealed) < 32 || len(sealed)%16 != 0 {
			t.Fatalf("%d bytes are not encrypted", len(sealed))
		}
		vectors = append(vectors, sealed[:16])
		out := decryptCBC(key, sealed[:16], sealed[16:])
		pad := int(out[len(out)-1])
		if pad < 1 || pad > 16 || !bytes.Equal(out[len(out)-pad:], bytes.Repeat([]byte{byte(pad)}, pad)) {
			t.Fatalf("padding of %d", pad)
		}
		return out[:len(out)-pad]
	}
	var open func(o object) object
	open = func(o object) object {
		switch o := o.(type) {
		case str:
			return str(plain(o))
		case array:
			for i := range o {
				o[i] = open(o[i])
			}
		case *dict:
			for i := range o.entries {
				o.entries[i].value = open(o.entries[i].value)
			}
		case *stream:
			open(o.dict)
			o.data = plain(o.data)
		}
		return o
	}
	for i, o := range f.objects {
		switch s, is := o.(*stream); {
		case is && s.dict.get("Type") != name("XRef"):
			open(s)
		case !is && o != nil && ref(i) != encrypt:
			t.Errorf("object %d lies open", i)
		}
	}
	unpackObjects(t, f, packed)
	slices.SortFunc(vectors, bytes.Compare)
	if n := len(slices.CompactFunc(vectors, bytes.Equal)); n != len(vectors) {
		t.Errorf("only %d of %d vectors differ", n, len(vectors))
	}
	catalog := f.dict(f.root)
	if adbe := f.dict(f.dict(catalog.get("Extensions")).get("ADBE")); adbe.get("ExtensionLevel") != integer(8) {
		t.Errorf("the catalog does not say which extension of PDF 1.7 it is: %v", adbe.entries)
	}
	catalog.entries = slices.DeleteFunc(catalog.entries, func(e entry) bool { return e.key == "Extensions" })
	return f.bytes(), nil
}

func decryptCBC(key, iv, data []byte) []byte {
	b, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(data))
	cipher.NewCBCDecrypter(b, iv).CryptBlocks(out, data)
	return out
}

// A locked file is the page's own file, but for the claim to PDF/A, and nothing of it can be read.
func TestLocked(t *testing.T) {
	for id, p := range pages(t) {
		alone, err := shared.document(p, made, false)
		if err != nil {
			t.Fatal(err)
		}
		if alone, err = parse(alone.bytes()); err != nil {
			t.Fatal(err)
		}
		want := alone.bytes() // with an ID made as that of what is opened
		locked, err := PDFLocked(p, made, Lock{password, seeded(1)})
		if err != nil {
			t.Fatal(err)
		}
		got, err := unlock(t, locked, password)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: opened again it is another file (%v)", id, err)
		}
		for _, said := range [][]byte{[]byte(p.Title), text(p.Title)[2:], []byte("xpacket"), []byte("riverside"), []byte("D:2026"), []byte(password),
			// What a font is called and how wide its letters are tells which it has.
			[]byte("Font/"), []byte("+Noto"), []byte("+Atkinson"), []byte("StructElem"), []byte("MCID"), []byte("/Annot")} {
			if bytes.Contains(locked, said) {
				t.Errorf("%s: %q can be read", id, said)
			}
		}
		again, err := PDFLocked(p, made, Lock{password, seeded(1)})
		if err != nil || !bytes.Equal(again, locked) {
			t.Errorf("%s: the same random bytes give another file (%v)", id, err)
		}
		if other, err := PDFLocked(p, made, Lock{password, seeded(2)}); err != nil || bytes.Equal(other, locked) {
			t.Errorf("%s: other random bytes give the same file (%v)", id, err)
		}
	}
}

func TestWrongPassword(t *testing.T) {
	p := pages(t)["plain"]
	locked, err := PDFLocked(p, made, Lock{password, seeded(1)})
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{"", "zoë’s 12th", password + " ", password[:len(password)-1], "Zoe’s 12th"} {
		if _, err := unlock(t, locked, wrong); err != errPassword {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	// The owner's password is among the random bytes, after the two keys.
	seed := make([]byte, 96)
	seeded(1).Read(seed)
	if _, err := unlock(t, locked, string(seed[64:])); err != nil {
		t.Errorf("the owner's password: %v", err)
	}
}

func TestPrepared(t *testing.T) {
	for _, c := range []struct{ in, want, err string }{
		{"plain Password 1", "plain Password 1", ""},
		{"Zoe\u0308", "Zoë", ""},
		// The examples of RFC 4013, 3.
		{"I\u00adX", "IX", ""}, {"user", "user", ""}, {"USER", "USER", ""}, {"\u00aa", "a", ""}, {"\u2168", "IX", ""},
		{"\u0007", "", "no keyboard"}, {"\u0627\u0031", "", "mixes"},
		{"a\u00a0b\u3000c\u200bd", "a b c d", ""}, {"\ufeffa\u200d", "a", ""}, {" a ", " a ", ""},
		{"שרה", "שרה", ""}, {"שרה 12 לאה", "שרה 12 לאה", ""}, {"שרה a לאה", "", "mixes"}, {"12 שרה", "", "mixes"}, {"שרה!", "", "mixes"},
		{"пароль", "пароль", ""}, {"मुंबई", "मुंबई", ""}, {"😀 sun", "😀 sun", ""},
		{"", "", "is empty"}, {"\u00ad", "", "is empty"}, {"a\nb", "", "no keyboard"}, {"a\u2028", "", "no keyboard"}, {"\ue000", "", "no keyboard"},
		{"\u202ea", "", "no keyboard"}, {"a\ufffd", "", "no keyboard"}, {"a\U000e0041", "", "no keyboard"}, {"\ufffe", "", "no keyboard"},
		{"a\xff", "", "not UTF-8"},
		{strings.Repeat("x", 127), strings.Repeat("x", 127), ""}, {strings.Repeat("x", 128), "", "128 bytes"}, {strings.Repeat("é", 64), "", "128 bytes"},
	} {
		got, err := prepared(c.in)
		if string(got) != c.want || (err != nil) != (c.err != "") {
			t.Errorf("%+q becomes %+q, %v; want %+q", c.in, got, err, c.want)
			continue
		}
		var bad *PasswordError
		if err != nil && (!errors.As(err, &bad) || !strings.Contains(err.Error(), c.err) || bad.Hint() == "") {
			t.Errorf("%+q: %v, want one that says %q and a hint", c.in, err, c.err)
		}
	}
}

func TestLockRefused(t *testing.T) {
	p := pages(t)["plain"]
	for _, l := range []Lock{{"", seeded(1)}, {password, nil}, {password, bytes.NewReader(make([]byte, 100))}, {password, iotest.ErrReader(errors.New("secret"))}} {
		if data, err := PDFLocked(p, made, l); err == nil || data != nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%d bytes, %v", len(data), err)
		}
	}
	if _, err := PDFLocked(nil, made, Lock{password, seeded(1)}); err == nil {
		t.Error("a file of no page")
	}
}

// Whatever is written, encrypted and decrypted is what it was.
func FuzzEncrypt(f *testing.F) {
	for _, s := range []string{"", "a", "fifteen bytes..", "sixteen bytes...", strings.Repeat("long ", 99)} {
		f.Add([]byte(s), []byte(password))
	}
	f.Fuzz(func(t *testing.T, data, password []byte) {
		random := seeded(3)
		s, err := newSecurity(password[:min(len(password), maxPassword)], random)
		if err != nil {
			t.Fatal(err)
		}
		key := make([]byte, 32)
		seeded(3).Read(key)
		sealed := s.encrypt(data)
		out := decryptCBC(key, sealed[:16], sealed[16:])
		if pad := int(out[len(out)-1]); !bytes.Equal(out[:len(out)-pad], data) {
			t.Errorf("%q became %q", data, out)
		}
	})
}

// lockedOnDisk writes the full page, locked.
func lockedOnDisk(t *testing.T) string {
	t.Helper()
	data, err := PDFLocked(fullPage(t), made, Lock{password, seeded(1)})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "locked.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Other programs open it with the password and not without.
func TestReadersOfLocked(t *testing.T) {
	file := lockedOnDisk(t)
	for _, r := range []struct {
		with, without []string
		want          string
	}{
		{[]string{"qpdf", "--check", "--password=" + password, file}, []string{"qpdf", "--check", "--password=other", file}, "No syntax or stream encoding errors"},
		{[]string{"qpdf", "--show-encryption", "--password=" + password, file}, []string{"qpdf", "--show-object=trailer", file}, "extract for accessibility: allowed"},
		{[]string{"pdftotext", "-upw", password, file, "-"}, []string{"pdftotext", file, "-"}, "AVATAR, office"},
		{[]string{"pdfinfo", "-upw", password, file}, []string{"pdfinfo", "-upw", "other", file}, "Tagged:          yes"},
		{[]string{"mutool", "draw", "-q", "-F", "text", "-p", password, file}, []string{"mutool", "draw", "-q", "-F", "text", file}, "AVATAR, office"},
	} {
		t.Run(r.with[0], func(t *testing.T) {
			if got := outside(t, r.with[0], r.with[1:]...); !strings.Contains(got, r.want) {
				t.Errorf("%q is not in\n%s", r.want, got)
			}
			if out, err := exec.Command(r.without[0], r.without[1:]...).CombinedOutput(); err == nil || bytes.Contains(out, []byte(r.want)) {
				t.Errorf("without the password (%v):\n%s", err, out)
			}
		})
	}
}

// What qpdf decrypts is as accessible as the page's own file.
func TestDecryptedByQPDF(t *testing.T) {
	file := lockedOnDisk(t)
	open := file[:len(file)-4] + "-open.pdf"
	outside(t, "qpdf", "--decrypt", "--password="+password, "--object-streams=disable", file, open)
	data, err := os.ReadFile(open)
	if err != nil {
		t.Fatal(err)
	}
	keepForJudges(t, data, "unlocked")
	j := newJudge(t, data)
	for _, c := range clauses {
		if err := c.holds(j); err != nil {
			t.Errorf("%s: not so that %s: %v", c.clause, c.claim, err)
		}
	}
	// qpdf sorts attributes: roles and texts are compared.
	if want := skeleton(newJudge(t, write(t, fullPage(t), "full")).String()); skeleton(j.String()) != want {
		t.Errorf("the tree is\n%s", j)
	}
}
