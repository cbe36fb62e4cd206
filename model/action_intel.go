package model

import (
	"regexp"
	"slices"
	"strings"

	"pou/model/day"
	"pou/model/match"
)

func intelActions() []Spec {
	return []Spec{
		spec[intelAdd]("intel.add", "Add intelligence", "Adds one item of intelligence about a person, graded 3x5x2, with nothing in it that points to who gave it.",
			anyone(), KindPerson),
		spec[intelRegrade]("intel.regrade", "Regrade intelligence", "Changes how an item is graded; a repeat from the same origin never raises it.", supervisors(), KindIntel),
	}
}

type intelAdd struct {
	Person     Ref         `do:"person" label:"Person" kinds:"P" opts:"need"`
	Text       string      `do:"text" label:"What is known" opts:"need,long" help:"Enter what is known, with nothing that points to who said it"`
	Source     SourceGrade `do:"source" label:"Source" opts:"need"`
	Grade      IntelGrade  `do:"grade" label:"Grade" opts:"need"`
	Handling   Handling    `do:"handling" label:"Handling" opts:"need"`
	Conditions string      `do:"conditions" label:"Conditions" help:"Needed for handling code C: who may have it, and for what"`
	Origin     string      `do:"origin" label:"Origin" opts:"need" help:"Enter the reference of where it comes from, never a name; it shows when two reports come from one place"`
	At         day.Date    `do:"at" label:"Day of the report" default:"today"`
	Fact       bool        `do:"fact" label:"A fact" opts:"fold" help:"Yes for a fact; else it is an assessment (DPA 2018 s.38(2))"`
}

func (a *intelAdd) Apply(c *Change) error {
	p, err := Load[*Person](c, "person", a.Person)
	if err != nil {
		return err
	}
	i := &Intel{
		Person: p.Ref, Text: a.Text, Source: a.Source, Grade: a.Grade, Handling: a.Handling, Conditions: a.Conditions, Origin: a.Origin,
		At: firstDay(a.At, day.On(c.Now)), Fact: a.Fact, Unit: firstUnit(c.By.Unit, p.OwnerUnit), By: c.By.Ref,
	}
	if i.At > day.On(c.Now) {
		return Refuse("at", "a report cannot come from the future", "Enter the day it was given")
	}
	if err := sanitised(typed{"text", i.Text, i.Origin}, typed{"conditions", i.Conditions, i.Origin}, typed{"origin", i.Origin, ""}); err != nil {
		return err
	}
	if err := i.mayBeGraded(c, nil); err != nil {
		return err
	}
	return c.Put(i)
}

type intelRegrade struct {
	Intel      Ref         `do:"intel" label:"Intelligence report" kinds:"I" opts:"need"`
	Source     SourceGrade `do:"source" label:"Source"`
	Grade      IntelGrade  `do:"grade" label:"Grade"`
	Handling   Handling    `do:"handling" label:"Handling"`
	Conditions string      `do:"conditions" label:"Conditions" help:"Needed for handling code C: who may have it, and for what"`
	Reason     string      `do:"reason" label:"Reason" opts:"need,long" help:"Say what has changed, with nothing that points to who said it"`
}

func (a *intelRegrade) Apply(c *Change) error {
	i, err := Load[*Intel](c, "intel", a.Intel)
	if err != nil {
		return err
	}
	was := *i
	if a.Source != "" {
		i.Source = a.Source
	}
	if a.Grade != "" {
		i.Grade = a.Grade
	}
	if a.Handling != "" {
		i.Handling = a.Handling
	}
	if i.Handling != "C" {
		i.Conditions = ""
	} else if a.Conditions != "" {
		i.Conditions = a.Conditions
	}
	if *i == was {
		return Refuse("grade", string(i.Ref)+" is graded "+i.Graded()+" already", "Give the source, the grade or the handling that is to change")
	}
	if err := sanitised(typed{"conditions", a.Conditions, i.Origin}, typed{"reason", a.Reason, i.Origin}); err != nil {
		return err
	}
	if err := i.mayBeGraded(c, &was); err != nil {
		return err
	}
	c.Reason = a.Reason
	return c.Put(i)
}

// mayBeGraded holds a grading to the other reports about the person. Grade B is corroborated from another origin, and a
// repeat from the same origin never raises a grade: said twice is not said better (docs/domain 6). was is the item as it
// stood before a regrading.
func (i *Intel) mayBeGraded(c *Change, was *Intel) error {
	others, err := linked[*Intel](c, i.Person, KindIntel)
	if err != nil {
		return err
	}
	others = slices.DeleteFunc(others, func(o *Intel) bool { return o.Ref == i.Ref })
	if slices.ContainsFunc(others, func(o *Intel) bool { return !o.Weak() && !i.sameOrigin(o) }) {
		return nil // another origin says something: whoever grades has a reason to
	}
	if i.Grade == "B" && (was == nil || was.Grade != "B") {
		return Refuse("grade", "B is corroborated, and there is no sound report from another origin", "Grade it C, or add the other report first")
	}
	repeats := slices.DeleteFunc(others, func(o *Intel) bool { return !i.sameOrigin(o) })
	if len(repeats) == 0 {
		return nil
	}
	if was != nil {
		repeats = []*Intel{was}
	}
	source, grade := bestGrades(repeats)
	const do = "Grade it no better than before; a sound report from another origin may raise it"
	switch {
	case i.Source < source:
		return Refuse("source", "this origin was graded "+string(source)+", and a repeat from the same origin never raises a grade", do)
	case i.Grade < grade:
		return Refuse("grade", "what this origin said was graded "+string(grade)+", and a repeat from the same origin never raises a grade", do)
	}
	return nil
}

func (i *Intel) sameOrigin(o *Intel) bool { return i.from() == o.from() }

// from is the origin however it is written: SK-14, SK14 and sk 14 are one.
func (i *Intel) from() string { return compact(match.Fold(i.Origin)) }

func compact(folded string) string { return strings.ReplaceAll(folded, " ", "") }

// bestGrades are the best source and the best grade among items: 1 comes before 3, and A before E.
func bestGrades(items []*Intel) (SourceGrade, IntelGrade) {
	source, grade := items[0].Source, items[0].Grade
	for _, i := range items {
		source, grade = min(source, i.Source), min(grade, i.Grade)
	}
	return source, grade
}

// typed is what an officer entered about a report, and the origin it must not give away.
type typed struct{ field, text, origin string }

// sanitised refuses words that give a source away.
func sanitised(all ...typed) error {
	for _, s := range all {
		if leak := SourceLeak(s.text, s.origin); leak != "" {
			return Refuse(s.field, "the words \""+leak+"\" point to who gave it, and a report is sanitised before anyone else reads it (College of Policing APP, Intelligence)",
				"Write what is known and not who said it; the reference of the origin goes in its own field")
		}
	}
	return nil
}

// Those who are near enough to a suspect to be known by the one word.
const relations = `(?:source|informant|neighbour|friend|colleague|workmate|employer|landlord|tenant|flatmate|cellmate|caller|witness|victim|complainant|` +
	`ex|partner|wife|husband|girlfriend|boyfriend|mother|father|mum|dad|parent|brother|sister|son|daughter|cousin|uncle|aunt|relative|family)s?`

var (
	tellers     = regexp.MustCompile(`\b(?:informants?|informers?|chis|c h i s|covert human intelligence|crimestoppers|undercover officers?|(?:confidential|registered|human|covert|protected|anonymous) (?:sources?|contacts?|callers?))\b`)
	sourceSays  = regexp.MustCompile(`\bsources?(?: [a-z0-9]+){0,3}? (?:told|tells?|said|says?|stated?|states|reported|reports|advised|saw|heard|overheard|believes?|informed|disclosed|confirmed|confirms|knows)\b`)
	whoSays     = regexp.MustCompile(`\b` + relations + ` (?:has |have |had |then )?(?:told|informed|contacted|rang|called|phoned|reported to|disclosed to|said to) (?:me|us|police|the police|officers?|the officer|[dp][csi])\b`)
	accordingTo = regexp.MustCompile(`\b(?:according to|told by|heard from|learned from|learnt from|passed on by|disclosed by|information from) (?:(?:an?|the|our|my|his|her|their|one) )*` + relations + `\b`)
)

// SourceLeak finds words in a text that point to who gave a report: the origin's own reference, or a turn of phrase that
// says who spoke. It is "" when it finds none; it finds the obvious ones, and an officer reads the text all the same.
func SourceLeak(text, origin string) string {
	folded := match.Fold(text)
	for _, re := range []*regexp.Regexp{tellers, sourceSays, whoSays, accordingTo} {
		if words := re.FindString(folded); words != "" {
			return words
		}
	}
	if words := relativeTells(folded); words != "" {
		return words
	}
	return tokenIn(folded, match.Fold(origin))
}

// tokenIn finds the reference of an origin in a text, however it is spaced: S-14, S14 and s 14 are the same. One that is
// only a short number, or a single letter, is found in any text and so says nothing.
func tokenIn(folded, origin string) string {
	want := compact(origin)
	if number := strings.Trim(want, "0123456789") == ""; len(want) < 2 || (number && len(want) < 5) {
		return ""
	}
	words := strings.Fields(folded)
	for i := range words {
		run := ""
		for j := i; j < len(words) && len(run) < len(want); j++ {
			if run += words[j]; run == want {
				return strings.Join(words[i:j+1], " ")
			}
		}
	}
	return ""
}
