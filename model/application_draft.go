package model

import (
	"strings"

	"pou/model/day"
)

// Draft is an order as the court is asked to make it: what it says above its conditions, the conditions, and what it says
// below them.
type Draft struct {
	Title      string      `json:"title"`
	Above      [][2]string `json:"above"`
	Conditions []string    `json:"conditions"` // numbered from 1
	Below      [][2]string `json:"below"`
}

// DraftOrder writes the order that is asked for: full, or interim. What nobody has decided stands as a gap in it.
func (a *Application) DraftOrder(interim bool, b Basis) Draft {
	d := Draft{Title: "Draft stalking protection order", Below: a.draftBelow(interim)}
	period, list := a.Period(), a.Conditions
	power, found := "Stalking Protection Act 2019 s.2", "the court is satisfied that "+limbList()
	if interim {
		d.Title, list = "Draft interim stalking protection order", a.interimConditions()
		power, found = "Stalking Protection Act 2019 s.5", "an application for a stalking protection order has been made and not determined, and the court considers it appropriate to make this order"
		period = ""
		if a.Interim.Days > 0 {
			period = "a fixed period of " + itoa(a.Interim.Days) + " days beginning with the day it is made; it ends earlier when the main application is determined"
		}
	}
	who := b.Subject.Name()
	if !b.Subject.Born.IsZero() {
		who += ", born " + b.Subject.Born.String()
	}
	d.Above = [][2]string{
		{"Court", a.courtWords(b)},
		{"Power", power},
		{"Applicant", applicant},
		{"Defendant", who},
		{"Date made", blank},
		{"Finding", found},
		{"Period", orWords(period, "[GAP: no period decided]")},
		{"Locality", orWords(a.Locality, "the whole of the United Kingdom (SPA 2019 s.2)")},
	}
	if len(a.Protected) > 0 {
		d.Above = append(d.Above, [2]string{"To protect", strings.Join(namesOnly(a.Protected), "; ")})
	}
	for _, p := range list {
		text := strings.TrimRight(p.Condition.Text, ".") + "."
		if p.Months > 0 && !interim {
			text += " This condition has effect for " + monthWords(p.Months) + " beginning with the day the order is made."
		}
		d.Conditions = append(d.Conditions, text)
	}
	return d
}

const (
	applicant = "the Commissioner of Police of the Metropolis"
	blank     = "____________________"
)

func limbList() string {
	words := make([]string, len(limbs()))
	for i, l := range limbs() {
		words[i] = l.Words()
	}
	return strings.Join(words, "; ")
}

// courtWords is the court with its sort: under 18 the youth court.
func (a *Application) courtWords(b Basis) string {
	on := b.On
	if h, ok := a.Hearing(); ok {
		on = max(on, day.On(h.At))
	}
	if a.Court != "" {
		return a.Court
	}
	switch youth, sure := isYouth(b.Subject.Born, on); {
	case !sure:
		return "[GAP: magistrates' court or youth court]"
	case youth:
		return blank + " youth court"
	}
	return blank + " magistrates' court"
}

// draftBelow is what every order says after its conditions: the duty to notify and the warning.
func (a *Application) draftBelow(interim bool) [][2]string {
	notify := "Within 3 days beginning with the day on which this order is served, the defendant must notify the police, in person at a police station in the " +
		"local police area, of every name used and of the home address (SPA 2019 ss.9(1)-(2), 10)."
	if !interim {
		notify += " Where this order replaces an interim order this initial notification does not begin again (s.9(1)(a))."
	}
	return [][2]string{
		{"Notification", notify},
		{"Changes", "A name not notified before, or a new home address, is notified within 3 days beginning with the day it is first used or the address changes (s.9(3)-(4))."},
		{"Exempt", "While the defendant notifies under Part 2 of the Sexual Offences Act 2003 this duty rests; it revives on the day that ends (s.9(5)-(7))."},
		{"Failing to notify", "Failing to notify without reasonable excuse, or knowingly notifying something false, is an offence: up to 5 years' imprisonment, a fine, or both (s.11)."},
		{"WARNING", "Breaching a prohibition or requirement of this order without reasonable excuse is an offence: on indictment up to 5 years' imprisonment, a fine, or both (s.8)."},
		{"Change and appeal", "The defendant or a chief officer may apply to vary, renew or discharge this order (s.4), and the defendant may appeal to the Crown Court (s.7)."},
		{"Signed", blank + "  Justice of the Peace / District Judge / by order of the court"},
	}
}
