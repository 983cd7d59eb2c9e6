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
	"slices"
)

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
	s.dict = newDict(12).set("Filter", name("Standard")).set("V", integer(5)).set("R", integer(6)).
		set("Length", integer(256)).
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
	cipher.NewCBCEncrypter(aesOf(hardened(password, salts[8:], user)), make([]byte, aes.BlockSize)).
		CryptBlocks(out, key[:])
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
