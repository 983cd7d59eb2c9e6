package content

import (
	"net/url"
	"slices"
	"strings"
)

// authorities are the hosts whose word on a fact of ours stands by itself: health services,
// guideline makers, colleges of those who treat, and where studies are kept. A host stands
// for those below it: nhs.uk for sheffield.nhs.uk too.
var authorities = []string{
	"nhs.uk", "nhs.scot", "nhsinform.scot", "nidirect.gov.uk", "hse.ie", "healthinfo.org.nz", // health services
	"who.int", "nih.gov", "medlineplus.gov", "cdc.gov", "ahrq.gov", // the world's, and those of the United States
	"nice.org.uk", "sign.ac.uk", "kngf.nl", "hse.gov.uk", // guidelines
	"cochrane.org", "cochranelibrary.com", "doi.org", "jospt.org", "bmj.com", // studies
	"csp.org.uk", "apta.org", "aaos.org", "acog.org", "rcog.org.uk", "acsm.org", "acponline.org", // colleges
	"stroke.org", "versusarthritis.org", // societies
	"mayoclinic.org", "froedtert.com", "msdmanuals.com", // hospitals and manuals
}

// Authority tells whether a source is on the host of an authority, or says in brackets behind
// its address why it is one: https://example.org/leaflet (the leaflet of the town's hospital).
func Authority(source string) bool {
	address, why, _ := strings.Cut(source, " ")
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return false
	}
	if why = strings.TrimSpace(why); len(why) > 2 && why[0] == '(' && strings.HasSuffix(why, ")") {
		return true
	}
	host := strings.ToLower(u.Hostname())
	return slices.ContainsFunc(authorities, func(a string) bool { return host == a || strings.HasSuffix(host, "."+a) })
}
