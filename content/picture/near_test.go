package picture

import "testing"

func TestNear(t *testing.T) {
	for _, c := range []struct {
		a, b uint32
		want bool
	}{
		{0xd0021b, 0xa61b1b, true}, {0xb83a10, 0xa61b1b, true}, {0xc2185b, 0xa61b1b, true}, {0x0f4c5c, 0xa61b1b, false},
		{0xff0010, 0xff1000, true}, {0x808080, 0xa61b1b, false}, {0x301010, 0xa61b1b, false}, {0x00ff00, 0x0000ff, false},
	} {
		if got := RGB(c.a).Near(RGB(c.b)); got != c.want {
			t.Errorf("%06x near %06x: %v", c.a, c.b, got)
		}
	}
	if got := RGB(0x0f4c5c).Tint(10); got != RGB(0xe7eeef) {
		t.Errorf("a tint is %s", got.Hex())
	}
}
