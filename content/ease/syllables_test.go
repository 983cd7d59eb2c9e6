package ease

import (
	"strconv"
	"strings"
	"testing"
)

// The words are parted as the RAE's Ortografía parts them: a point between syllables.
const partedES = `
es.ti.ra.mien.to mús.cu.lo es.pal.da ro.di.lla tra.ba.jo
ciá.ti.ca vier.nes sua.ve ciu.dad viu.da rui.do huir cuí.de.se cons.truí.do bai.le pei.ne hoy muy rey ley es.toy u.ru.guay a.ve.ri.guáis buey
dí.a rí.o pa.ís ra.íz ca.í.da o.í.do le.í.a re.ú.ne ba.úl ma.íz a.hí bú.ho pro.hí.be ba.hí.a son.rí.a te.ní.a.mos
po.e.ta ca.os le.er a.é.re.o hé.ro.e lí.ne.a co.o.pe.rar o.cé.a.no te.a.tro a.ho.ra al.co.hol zo.o mi.cro.on.das
que que.so quie.to guí.a gue.rra gui.ta.rra si.ga a.quí pin.güi.no ver.güen.za lin.güís.ti.ca ci.güe.ña a.gua an.ti.guo guan.te guar.de
y ya yo.ga ma.yo a.yu.da ra.yo le.yes ha.ya
an.ti.in.fla.ma.to.rio chi.i.ta vein.tiún des.pués tam.bién pa.ra.no.ia miér.co.les
fi.sio.te.ra.pia do.lor a.gu.do pier.na a.dor.me.ci.mien.to es.fín.te.res mé.di.co ur.gen.cias
e.jer.ci.cio res.pi.re man.ten.ga se.gun.dos re.pe.ti.cio.nes ca.da la.do pre.gún.te.le`

func TestSyllablesES(t *testing.T) {
	for _, parted := range strings.Fields(partedES) {
		word := strings.ReplaceAll(parted, ".", "")
		if n, want := syllablesES(word), strings.Count(parted, ".")+1; n != want {
			t.Errorf("syllablesES(%q) = %d, want %d: %s", word, n, want, parted)
		}
	}
	for word, want := range map[string]int{
		"":                         1,
		"¿":                        1,
		"Ángel":                    2,
		"ÚLCERA":                   3,
		"teórico-práctico":         7, // te-ó-ri-co prác-ti-co
		"+34600111222":             1,
		"https://ejemplo.es/ayuda": 1,
		"3,5":                      5, // tres coma cinco
		"1.500":                    4, // mil quinientos
		"12345678":                 1, // a code
		"10kg":                     1, // diez, and a unit that has no vowel
		"veintitrés":               3,
	} {
		if n := syllablesES(word); n != want {
			t.Errorf("syllablesES(%q) = %d, want %d", word, n, want)
		}
	}
}

// TestNumbersES says numbers in words and counts those.
func TestNumbersES(t *testing.T) {
	below30 := strings.Fields("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve " +
		"veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve")
	tens := strings.Fields("- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa")
	hundreds := strings.Fields("- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos")
	var say func(v int) string
	say = func(v int) string {
		switch {
		case v < 30:
			return below30[v]
		case v < 100 && v%10 == 0:
			return tens[v/10]
		case v < 100:
			return tens[v/10] + " y " + below30[v%10]
		case v == 100:
			return "cien"
		case v < 1000 && v%100 == 0:
			return hundreds[v/100]
		case v < 1000:
			return hundreds[v/100] + " " + say(v%100)
		}
		s := "mil"
		if v >= 2000 {
			s = say(v/1000) + " mil"
		}
		if v%1000 > 0 {
			s += " " + say(v%1000)
		}
		return s
	}
	for _, v := range []int{0, 1, 5, 9, 10, 14, 15, 16, 17, 18, 19, 20, 21, 22, 25, 28, 29, 30, 31, 46, 70, 99, 100, 101, 115, 200, 365, 500, 700, 911, 1000, 1001, 2026, 21000, 100000, 999999} {
		want := 0
		for _, w := range strings.Fields(say(v)) {
			want += letterSyllablesES([]rune(w))
		}
		if n := syllablesES(strconv.Itoa(v)); n != want {
			t.Errorf("%d has %d syllables, want %d: %s", v, n, want, say(v))
		}
	}
}
