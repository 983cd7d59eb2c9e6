package content

import "strings"

// countries are the codes of ISO 3166-1 alpha-2.
const countries = " AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS " +
	"BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET " +
	"FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO " +
	"IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH " +
	"MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM " +
	"PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG " +
	"TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "

func isCountry(code string) bool {
	return len(code) == 2 && code[0] >= 'A' && code[1] >= 'A' && strings.Contains(countries, " "+code+" ")
}

// usesLetter tells whether a country prints on letter paper: those that CLDR
// (supplemental data, paperSize) lists as US-Letter.
func usesLetter(code string) bool {
	switch code {
	case "US", "CA", "MX", "PR", "BZ", "CL", "CO", "CR", "GT", "NI", "PA", "PH", "SV", "VE":
		return true
	}
	return false
}

// Emergency is the number to call for an ambulance in the brand's country, two
// numbers as "112/999", or "" where the country is not set or not in our table:
// Words.Emergency then stands for it, for a wrong number is worse than none.
//
// In the European Union 112 reaches an ambulance everywhere (Directive (EU)
// 2018/1972, article 109). The other numbers were put together by hand and have not
// been checked one by one against the countries' own pages. A country is left out
// where numbers differ by region or by telephone.
func (b *Brand) Emergency() string {
	switch b.Country {
	case "US", "CA", "MX", "PR", "GU", "VI", "AS", "MP", "AR", "BM", "CR", "DO", "EC", "JO", "KY", "PA", "PH", "PY",
		"TC", "UY", "VE":
		return "911"
	case "GB", "GG", "IM", "JE", "BD", "BH", "FK", "HK", "KE", "MO", "MY", "QA":
		return "999"
	case "IE":
		return "112/999"
	case "AT", "AX", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IT", "LT", "LU",
		"LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "GF", "GP", "MQ", "RE", "YT",
		"AD", "FO", "GE", "GI", "GL", "IN", "IS", "KW", "LI", "MC", "MD", "SM", "TR", "VA":
		return "112"
	case "CH":
		return "144/112"
	case "NO":
		return "113"
	case "AU", "CC", "CX", "NF":
		return "000"
	case "NZ":
		return "111"
	case "JP", "KR", "TW":
		return "119"
	case "CN":
		return "120"
	case "SG":
		return "995"
	case "TH":
		return "1669"
	case "VN":
		return "115"
	case "LK":
		return "1990"
	case "NP":
		return "102"
	case "PK":
		return "1122"
	case "BR":
		return "192"
	case "CL":
		return "131"
	case "CO", "EG":
		return "123"
	case "ZA":
		return "112/10177"
	case "GH":
		return "112"
	case "MA":
		return "150"
	case "TN":
		return "190"
	case "IL":
		return "101"
	case "AE":
		return "998"
	case "SA":
		return "997"
	case "LB":
		return "140"
	case "RS":
		return "194"
	case "UA":
		return "103"
	}
	return ""
}
