package figure

import "math"

// muscle is a patch fixed to the body, painted on the layers it lies under.
type muscle struct {
	name   string
	form   func(balls ...cone) []cone // through its spots
	layers []string                   // of its own side where they have one
	spots  []spot
}

func (m *muscle) cones(b *body, s side) []cone {
	balls := make([]cone, len(m.spots))
	for i, p := range m.spots {
		balls[i] = cone{a: b.spot(s, p), ra: p.r}
	}
	return m.form(balls...)
}

// spindle leads from one ball to another, full in the belly and drawn out to the ends.
func spindle(ends ...cone) []cone {
	const n = 6
	p, q := ends[0], ends[1]
	out := make([]cone, n+1)
	for i := range out {
		t := float64(i) / n
		out[i] = cone{a: p.a.to(q.a, t), ra: mix(p.ra, q.ra, t) * (.45 + .65*math.Sin(math.Pi*(.08+.84*t)))}
	}
	return chain(out...)
}

// chain is a band through balls.
func chain(balls ...cone) []cone {
	var out []cone
	for i, c := range balls[1:] {
		out = append(out, cone{balls[i].a, c.a, balls[i].ra, c.ra})
	}
	return out
}

var muscles = []muscle{
	{"hamstring", spindle, []string{"leg"}, []spot{{femur, .2, -5, 0, 0, 3.4}, {femur, .86, -3.6, 0, 0, 2.6}}},
	{"quad", spindle, []string{"leg"}, []spot{{femur, .2, 5, 0, 0, 3.4}, {femur, .84, 3.4, 0, 0, 2.6}}},
	{"adductor", spindle, []string{"leg", "shank"}, []spot{
		{femur, .14, .5, 0, -4.5, 3.2}, {femur, .78, 0, 0, -3.4, 2.6}}},
	{"calf", spindle, []string{"leg", "shank"}, []spot{{tibia, .06, -2.6, 0, 0, 3.8}, {tibia, .56, -2.4, 0, 0, 2.6}}},
	{"sole", spindle, []string{"leg", "shank"}, []spot{{tarsus, 0, -3, -5.4, 0, 2.6}, {tarsus, 0, 13, -5.4, 0, 2.6}}},
	{"hip-flexor", spindle, []string{"leg", "trunk"}, []spot{{ilium, 0, 5, 8, 5, 2.8}, {femur, .28, 4.5, 0, 0, 2.8}}},
	{"outer-hip", chain, []string{"leg", "trunk"}, []spot{{ilium, 0, 0, 9, 13, 2.4}, {femur, .05, 0, 0, 7.5, 2.8},
		{femur, .45, 0, 0, 7, 2.2}, {femur, .85, 0, 0, 5, 1.5}}},
	{"buttock", spindle, []string{"trunk", "leg"}, []spot{{ilium, 0, -5, 6, 9.5, 4.2}, {ilium, 0, -6, -4.5, 8.5, 4.4}}},
	{"low-back", spindle, []string{"trunk"}, []spot{{vertebra, 0, -6.2, -2, 0, 4}, {vertebra, 3, -6.2, 2, 0, 3.8}}},
	{"upper-back", spindle, []string{"trunk"}, []spot{{vertebra, 3, -7.4, 2, 0, 4}, {vertebra, 6, -6, 0, 0, 3.6}}},
	{"back", chain, []string{"trunk"}, []spot{{vertebra, 0, -6.5, 0, 0, 2.6}, {vertebra, 2, -5.5, 0, 0, 2.6},
		{vertebra, 4, -7.5, 0, 0, 2.6}, {vertebra, 5, -8, 0, 0, 2.6}}},
	{"belly", spindle, []string{"trunk"}, []spot{{vertebra, 0, 7, -1, 0, 4}, {vertebra, 3, 7, 0, 0, 4}}},
	{"waist", spindle, []string{"trunk"}, []spot{{vertebra, 0, 0, 0, 9, 3.4}, {vertebra, 5, 0, 0, 11, 3.4}}},
	{"flank", spindle, []string{"trunk"}, []spot{{vertebra, 2, -2, 0, 9, 3.2}, {vertebra, 5, -3, 0, 12, 3.2}}},
	{"chest", spindle, []string{"trunk", "arm"}, []spot{{vertebra, 5, 7, 0, 5.5, 4.2}, {humerus, .12, 0, 0, 0, 2.6}}},
	{"upper-trapezius", chain, []string{"trunk", "arm"}, []spot{{atlas, 0, -3, -3, 3.6, 1.7},
		{vertebra, 7, -3, 1, 5.5, 2.4}, {glenoid, 0, -.5, 4, -4, 1.8}}},
	{"levator", chain, []string{"trunk", "arm"}, []spot{{atlas, 0, -4, -1, 4, 1.7}, {vertebra, 7, -6, 0, 5, 2.2},
		{vertebra, 6, -8, -3, 8, 2.2}}},
	{"nape", spindle, []string{"trunk"}, []spot{{atlas, 0, -4.2, 0, 0, 2.8}, {vertebra, 7, -7.4, -2.5, 0, 2.8}}},
	{"forearm", spindle, []string{"arm", "fore"}, []spot{ // of the side that faces the biceps
		{ulna, .04, 2.4, 0, 0, 2.6}, {ulna, .9, 1.4, 0, 0, 1.8}}},
	{"shoulder", spindle, []string{"arm", "trunk"}, []spot{{glenoid, 0, 0, 3, -1, 3.6}, {humerus, .4, 0, 0, 1.5, 2.4}}},
	{"shoulder-front", spindle, []string{"arm", "trunk"}, []spot{
		{glenoid, 0, 4, 2, -4, 3}, {humerus, .36, 4, 0, 0, 2.2}}},
	{"blades", spindle, []string{"trunk"}, []spot{ // draws the shoulder blade to the spine
		{scapula, 0, -9, 4, -2.6, 1.9}, {scapula, 0, -9, -5, -1.2, 1.9}}},
	{"neck-side", spindle, []string{"trunk", "head"}, []spot{
		{atlas, 0, 0, -2, 5.2, 2.2}, {vertebra, 7, 2.5, -3.5, 2.2, 1.8}}},
	{"jaw", spindle, []string{"head"}, []spot{ // the chewing muscle of the cheek
		{cranium, 0, 4.8, .8, 5.6, 1.6}, {mandible, 0, 3.4, -3.6, 4.8, 1.5}}},
	{"palm", spindle, []string{"arm", "fore", "hand"}, []spot{
		{carpus, 0, 1.6, -.4, 1.5, 2.1}, {carpus, 0, 6, -.4, 1.5, 2.1}}},
	{"median", chain, []string{"arm", "fore", "hand"}, []spot{ // the nerve through the wrist
		{ulna, .3, 2.6, 0, 0, .7}, {ulna, .9, 2, 0, 0, .7}, {carpus, 0, .6, 0, 1.6, .7}, {carpus, 0, 5, .4, 1.6, .6}}},
	{"knee", chain, []string{"leg", "shank"}, []spot{{femur, 1, 2.5, 2.5, 0, 4}, {tibia, 0, 2.5, -2.5, 0, 3.6}}},
	{"heel", chain, []string{"leg", "shank"}, []spot{ // where its band begins, under it
		{tarsus, 0, -3.4, -4.6, 0, 2.6}, {tarsus, 0, 1.5, -6, 0, 1.4}}},
	{"brow", chain, []string{"head"}, []spot{ // the band of a tension headache
		{cranium, 0, 4.6, 7.2, -7, .9}, {cranium, 0, 8, 7.6, -4.4, .9}, {cranium, 0, 9.4, 7.8, 0, .9},
		{cranium, 0, 8, 7.6, 4.4, .9}, {cranium, 0, 4.6, 7.2, 7, .9}}},
	{"nerve", chain, []string{"leg", "trunk", "shank"}, []spot{{vertebra, 1, -5.5, 0, 2.5, 1.2},
		{ilium, 0, -7, 5, 4.5, 1.5}, {ilium, 0, -6.5, -2, 7, 1.5}, {femur, .22, -5.2, 0, 0, 1.5},
		{femur, .93, -3.6, 0, 0, 1.4}, {tibia, .12, -3.4, 0, 0, 1.3}, {tibia, .86, -1.8, 0, 0, .9}}},
}
