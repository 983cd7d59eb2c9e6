package field

import (
	"slices"
	"strings"
	"unicode"
)

// What stands in a list where a patient would, and is none.

// NoPerson tells what stands where a name should and is none: "Walk-In".
func NoPerson(name string) bool { return nobodies[Folded(name)] }

var nobodies = wordSet("walkin walkins walkinclient walkinpatient walkincustomer walkinappointment walkinguest " +
	"clientwalkin patientwalkin guest guestclient guestpatient newclient newpatient newcustomer cashclient " +
	"unknown unknownclient unknownpatient unnamed noname anonymous tba tbd tbc " +
	"sincita sinnombre desconocido pacientenuevo nuevopaciente clientenuevo nuevocliente " +
	"laufkundschaft laufkunde neukunde neupatient neupatientin unbekannt sansrendezvous sansrdv inconnu semmarcacao " +
	"zonderafspraak onbekend senzaappuntamento sconosciuto")

// Aside is why nobody is booked where such words stand for a name or a status: "a break", "a test entry"; or "".
func Aside(s string) string {
	words := speak(s).words
	only := func(set map[string]bool) bool {
		return slices.ContainsFunc(words, func(w string) bool { return set[w] }) &&
			!slices.ContainsFunc(words, func(w string) bool { return !set[w] && !besideBreaks[w] && !numeral(w) })
	}
	switch {
	case breaks[strings.Join(words, "")], only(breaks):
		return "a break"
	case only(tests):
		return "a test entry"
	}
	return ""
}

// MayBeName tells words of Aside that people are called by, too: Mr Block.
func MayBeName(s string) bool { return surnames[Folded(s)] }

func numeral(w string) bool { return strings.Trim(w, "0123456789") == "" }

var (
	breaks = wordSet("break breaks lunch lunchbreak coffeebreak block blocked unavailable outofoffice timeoff dayoff " +
		"donotbook nobookings meeting meetings staffmeeting admintime holiday holidays vacation training supervision " +
		"pause mittagspause mittag gesperrt blockiert ferien urlaub besprechung teambesprechung teamsitzung " +
		"fortbildung pausa bloqueado bloqueada almuerzo descanso vacaciones reunion dejeuner conges vacances " +
		"formation indisponible pranzo riunione ferie bloccato almoco bloqueio ferias reuniao pauze " +
		"geblokkeerd geblockt vergadering vakantie teamoverleg")
	besideBreaks = wordSet("team staff time off out of office the admin all day am pm uhr h zoom no de del equipo " +
		"equipe blocked do not book")
	tests    = wordSet("test tests testing tester testpatient testclient")
	surnames = wordSet("block break holiday lunch pause pausa mittag ferie test tester training")
)

// IsTotal tells a cell with a sum, or what stands before one: "Total", "Grand total (12)", "Summe: 190", "12
// appointments"; and what programs write at the foot of a list: "Page 1 of 2", "Printed on 2 December 2026".
func IsTotal(s string) bool {
	words := speak(s).words
	if len(words) == 0 {
		return false
	}
	numbers := strings.ContainsFunc(s, unicode.IsDigit)
	if numbers && footers[words[0]] {
		return true
	}
	sum, visits := false, false
	for _, w := range words {
		visit := slices.Contains(visitWords, w) || slices.Contains(personWords, w)
		switch {
		case totals[w], counts[w] && (numbers || strings.Contains(s, ":")):
			sum = true
		case visit:
			visits = true
		case !numeral(w) && !links[w] && !besideTotals[w]:
			return false
		}
	}
	return sum || visits && numeral(words[0])
}

var (
	totals = wordSet("total totals subtotal subtotals grandtotal summe gesamt gesamtsumme insgesamt zwischensumme " +
		"totaal totale totali totaux totales totais")
	counts       = wordSet("sum count suma somme soma anzahl number numero nombre aantal")
	besideTotals = wordSet("grand sub services amount count number paid price sales rows records entries general " +
		"booked")
	footers = wordSet("printed generated exported page gedruckt exportiert erstellt seite impreso pagina " +
		"imprime stampato afgedrukt impresso report bericht")
)
