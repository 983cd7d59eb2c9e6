package layout

import "cmp"

// designOf finds the design of a sheet.
func designOf(s Sheet) design {
	look := cmp.Or(s.Look, "article")
	d := design{top: 13 * Point, base: clearPrint, floor: usualFloor, least: lowestFloor, share: leastShare,
		rung: pageAt, arrange: (*draft).article, mono: s.Edition == BW,
		lax: look != "article", bare: look == "pictures"}
	if s.Edition == Large {
		d.top, d.base, d.floor, d.least = 20*Point, LargePrint, LargePrint, LargePrint
		d.large, d.rung, d.share = true, largePageAt, leastLargeShare
	}
	if d.large || look != "article" {
		d.arrange = (*draft).exerciseRows
	}
	return d
}

// LookInfo names a look for people.
type LookInfo struct{ ID, Name, Summary string }

// Looks lists the designed looks, which content knows by name.
func Looks() []LookInfo {
	return []LookInfo{
		{"article", "Article", "what is to be read: the text in two columns, the stretches as rows at the foot"},
		{"rows", "Rows", "what is to be done: one exercise a row with its picture, dose and boxes to tick, the text " +
			"below"},
		{"pictures", "Pictures", "for those who were shown: large pictures with name, dose and when to stop, and no " +
			"steps"},
	}
}
