package model

import (
	"slices"
	"time"

	"pou/model/day"
)

func screeningActions() []Spec {
	all := append(anyone(), RoleSTAC)
	return []Spec{
		spec[screeningRecord]("screening.record", "Screen for stalking", "Records FOUR – fixated, obsessive, unwanted, repeated – as your judgement, and what the conduct is recorded as.",
			all, KindCase, KindPerson),
		spec[screeningReview]("screening.review", "Screen again", "Records FOUR once more when something has changed. The earlier judgements stay.", all, KindScreening),
		spec[screeningSDash]("screening.sdash", "Record S-DASH", "Records the answers to the eleven questions of the S-DASH checklist, as they were given. Nothing is added up.",
			all, KindScreening),
		spec[screeningTool]("screening.tool", "Record SASH or SAM", "Records that a trained assessor used a tool, and what it said in its own words.", all, KindScreening),
	}
}

type screeningRecord struct {
	Case           Ref        `do:"case" label:"Case" kinds:"C" help:"The case, or the person where there is no case yet"`
	Person         Ref        `do:"person" label:"Whose conduct" kinds:"P" help:"Empty: the one suspect in the case"`
	Fixated        Judgement  `do:"fixated" label:"Fixated" opts:"need"`
	FixatedWords   string     `do:"fixated_words" label:"– in your words" opts:"long" help:"Say in a sentence what shows it, without a victim-survivor's name"`
	Obsessive      Judgement  `do:"obsessive" label:"Obsessive" opts:"need"`
	ObsessiveWords string     `do:"obsessive_words" label:"– in your words" opts:"long" help:"Say in a sentence what shows it, without a victim-survivor's name"`
	Unwanted       Judgement  `do:"unwanted" label:"Unwanted" opts:"need"`
	UnwantedWords  string     `do:"unwanted_words" label:"– in your words" opts:"long" help:"Say in a sentence what shows it, without a victim-survivor's name"`
	Repeated       Judgement  `do:"repeated" label:"Repeated" opts:"need"`
	RepeatedWords  string     `do:"repeated_words" label:"– in your words" opts:"long" help:"Say in a sentence what shows it, without a victim-survivor's name"`
	Recorded       RecordedAs `do:"recorded" label:"Recorded as" opts:"need"`
	WhyNot         string     `do:"why_not" label:"Why not stalking" opts:"long" help:"Needed unless it is recorded as stalking (College of Policing 2024: think stalking first)"`
	Again          day.Date   `do:"again" label:"Screen again by" opts:"fold"`
	At             time.Time  `do:"at" label:"Judged at" opts:"fold" default:"now"`
	Unit           Unit       `do:"unit" label:"Unit" opts:"fold"`
}

// four is FOUR as it was judged.
func (a *screeningRecord) four(c *Change) Four {
	return Four{
		At: orNow(a.At, c), By: c.By.Ref, Recorded: a.Recorded, WhyNot: a.WhyNot,
		Fixated: Judged{a.Fixated, a.FixatedWords}, Obsessive: Judged{a.Obsessive, a.ObsessiveWords},
		Unwanted: Judged{a.Unwanted, a.UnwantedWords}, Repeated: Judged{a.Repeated, a.RepeatedWords},
	}
}

func (a *screeningRecord) Apply(c *Change) error {
	s := &Screening{Case: a.Case, Person: a.Person, Unit: a.Unit, Again: a.Again}
	if err := s.about(c); err != nil {
		return err
	}
	if err := notLater(orNow(a.At, c), c); err != nil {
		return err
	}
	if err := againLater(c, a.Again); err != nil {
		return err
	}
	s.Four = []Four{a.four(c)}
	return c.Put(s)
}

// about fills in the suspect and the unit from the case, and refuses a second screening of the same conduct.
func (s *Screening) about(c *Change) error {
	var earlier []*Screening
	var err error
	switch {
	case s.Case != "":
		k, gone := goingCase(c, s.Case)
		if gone != nil {
			return gone
		}
		if s.Person != "" || len(k.accusedRefs()) > 1 {
			if s.Person, err = k.theAccused("person", s.Person); err != nil {
				return err
			}
		} else if all := k.accusedRefs(); len(all) == 1 {
			s.Person = all[0]
		}
		s.Unit = firstUnit(s.Unit, k.Unit)
		earlier, err = linked[*Screening](c, s.Case, KindScreening)
	case s.Person != "":
		var p *Person
		if p, err = Load[*Person](c, "person", s.Person); err != nil {
			return err
		}
		s.Unit = firstUnit(s.Unit, p.OwnerUnit)
		earlier, err = linked[*Screening](c, s.Person, KindScreening)
	default:
		return s.Check()
	}
	if err != nil {
		return err
	}
	s.Unit = firstUnit(s.Unit, c.By.Unit)
	for _, e := range earlier {
		if e.Case == s.Case && e.Person == s.Person && e.Ended.IsZero() {
			return Refuse("case", "this conduct is screened already, on "+string(e.Ref), "Screen again with screening.review: the earlier judgement stays beside the new one")
		}
	}
	return nil
}

func againLater(c *Change, again day.Date) error {
	if !again.IsZero() && again <= day.On(c.Now) {
		return Refuse("again", "a screening is done again later", "Enter a day after today")
	}
	return nil
}

// goingScreening loads a screening that has not been ended.
func goingScreening(c *Change, ref Ref) (*Screening, error) {
	s, err := Load[*Screening](c, "screening", ref)
	if err != nil {
		return nil, err
	}
	if !s.Ended.IsZero() {
		return nil, Refuse("screening", string(s.Ref)+" was ended on "+s.Ended.Long()+": "+s.EndReason, "Undo that if it was wrong, or begin a new one with screening.record")
	}
	return s, nil
}

type screeningReview struct {
	Screening      Ref        `do:"screening" label:"Screening" kinds:"SC" opts:"need"`
	Changed        string     `do:"changed" label:"What changed" opts:"need,long" help:"Say what made you screen again, without a victim-survivor's name"`
	Fixated        Judgement  `do:"fixated" label:"Fixated" opts:"need"`
	FixatedWords   string     `do:"fixated_words" label:"– in your words" opts:"long" help:"Say in a sentence what shows it, without a victim-survivor's name"`
	Obsessive      Judgement  `do:"obsessive" label:"Obsessive" opts:"need"`
	ObsessiveWords string     `do:"obsessive_words" label:"– in your words" opts:"long" help:"Say in a sentence what shows it, without a victim-survivor's name"`
	Unwanted       Judgement  `do:"unwanted" label:"Unwanted" opts:"need"`
	UnwantedWords  string     `do:"unwanted_words" label:"– in your words" opts:"long" help:"Say in a sentence what shows it, without a victim-survivor's name"`
	Repeated       Judgement  `do:"repeated" label:"Repeated" opts:"need"`
	RepeatedWords  string     `do:"repeated_words" label:"– in your words" opts:"long" help:"Say in a sentence what shows it, without a victim-survivor's name"`
	Recorded       RecordedAs `do:"recorded" label:"Recorded as" opts:"need"`
	WhyNot         string     `do:"why_not" label:"Why not stalking" opts:"long" help:"Needed unless it is recorded as stalking (College of Policing 2024: think stalking first)"`
	Again          day.Date   `do:"again" label:"Screen again by" opts:"fold" help:"Empty: on no set day"`
	End            bool       `do:"end" label:"End the screening" opts:"fold" help:"Yes, when nothing is left to judge; the record stays"`
}

func (a *screeningReview) Apply(c *Change) error {
	s, err := goingScreening(c, a.Screening)
	if err != nil {
		return err
	}
	if err := againLater(c, a.Again); err != nil {
		return err
	}
	s.Four = append(slices.Clone(s.Four), Four{
		At: c.Now, By: c.By.Ref, Recorded: a.Recorded, WhyNot: a.WhyNot, Changed: a.Changed,
		Fixated: Judged{a.Fixated, a.FixatedWords}, Obsessive: Judged{a.Obsessive, a.ObsessiveWords},
		Unwanted: Judged{a.Unwanted, a.UnwantedWords}, Repeated: Judged{a.Repeated, a.RepeatedWords},
	})
	s.Again = a.Again
	if a.End {
		s.Ended, s.EndReason = day.On(c.Now), a.Changed
	}
	return c.Put(s)
}

type screeningSDash struct {
	Screening Ref         `do:"screening" label:"Screening" kinds:"SC" opts:"need"`
	Q1        SDashAnswer `do:"q1" label:"1 victim very frightened" help:"Question 1: victim very frightened" default:"not asked"`
	W1        string      `do:"words1" label:"– what was said" opts:"long,fold,hide" help:"To question 1, in the words it was said in; need-to-know"`
	Q2        SDashAnswer `do:"q2" label:"2 previous harassment (this/other victims)" help:"Question 2: previous harassment (this/other victims)" default:"not asked"`
	W2        string      `do:"words2" label:"– what was said" opts:"long,fold,hide" help:"To question 2, in the words it was said in; need-to-know"`
	Q3        SDashAnswer `do:"q3" label:"3 destroyed/vandalised property" help:"Question 3: destroyed/vandalised property" default:"not asked"`
	W3        string      `do:"words3" label:"– what was said" opts:"long,fold,hide" help:"To question 3, in the words it was said in; need-to-know"`
	Q4        SDashAnswer `do:"q4" label:"4 visits >3 times a week" help:"Question 4: visits >3 times a week" default:"not asked"`
	W4        string      `do:"words4" label:"– what was said" opts:"long,fold,hide" help:"To question 4, in the words it was said in; need-to-know"`
	Q5        SDashAnswer `do:"q5" label:"5 loiters" help:"Question 5: loiters" default:"not asked"`
	W5        string      `do:"words5" label:"– what was said" opts:"long,fold,hide" help:"To question 5, in the words it was said in; need-to-know"`
	Q6        SDashAnswer `do:"q6" label:"6 threats of physical/sexual violence" help:"Question 6: threats of physical/sexual violence" default:"not asked"`
	W6        string      `do:"words6" label:"– what was said" opts:"long,fold,hide" help:"To question 6, in the words it was said in; need-to-know"`
	Q7        SDashAnswer `do:"q7" label:"7 harassed third party since" help:"Question 7: harassed third party since" default:"not asked"`
	W7        string      `do:"words7" label:"– what was said" opts:"long,fold,hide" help:"To question 7, in the words it was said in; need-to-know"`
	Q8        SDashAnswer `do:"q8" label:"8 violent to others during" help:"Question 8: violent to others during" default:"not asked"`
	W8        string      `do:"words8" label:"– what was said" opts:"long,fold,hide" help:"To question 8, in the words it was said in; need-to-know"`
	Q9        SDashAnswer `do:"q9" label:"9 persuaded others to help" help:"Question 9: persuaded others to help" default:"not asked"`
	W9        string      `do:"words9" label:"– what was said" opts:"long,fold,hide" help:"To question 9, in the words it was said in; need-to-know"`
	Q10       SDashAnswer `do:"q10" label:"10 drugs/alcohol" help:"Question 10: drugs/alcohol" default:"not asked"`
	W10       string      `do:"words10" label:"– what was said" opts:"long,fold,hide" help:"To question 10, in the words it was said in; need-to-know"`
	Q11       SDashAnswer `do:"q11" label:"11 past violence" help:"Question 11: past violence" default:"not asked"`
	W11       string      `do:"words11" label:"– what was said" opts:"long,fold,hide" help:"To question 11, in the words it was said in; need-to-know"`
}

func (a *screeningSDash) answers() []SDashAnswered {
	given := []struct {
		answer SDashAnswer
		words  string
	}{
		{a.Q1, a.W1},
		{a.Q2, a.W2},
		{a.Q3, a.W3},
		{a.Q4, a.W4},
		{a.Q5, a.W5},
		{a.Q6, a.W6},
		{a.Q7, a.W7},
		{a.Q8, a.W8},
		{a.Q9, a.W9},
		{a.Q10, a.W10},
		{a.Q11, a.W11},
	}
	out := make([]SDashAnswered, len(given))
	for i, q := range SDashQuestions() {
		out[i] = SDashAnswered{No: i + 1, Question: q, Answer: given[i].answer, Words: given[i].words}
		if out[i].Answer == "" {
			out[i].Answer = AnswerNotPut
		}
	}
	return out
}

func (a *screeningSDash) Apply(c *Change) error {
	s, err := goingScreening(c, a.Screening)
	if err != nil {
		return err
	}
	answers := a.answers()
	for _, q := range answers {
		if q.Answer == AnswerNotPut && q.Words != "" {
			return Refuse("q"+itoa(q.No), "something is written to question "+itoa(q.No)+", which was not asked", "Choose yes, no or not known")
		}
	}
	if !slices.ContainsFunc(answers, func(q SDashAnswered) bool { return q.Answer != AnswerNotPut }) {
		return Refuse("q1", "none of the eleven questions was asked", "Answer those that were: "+valuesOf(AnswerYes.Choices()))
	}
	s.Checklists = append(slices.Clone(s.Checklists), SDash{At: c.Now, By: c.By.Ref, Answers: answers, Version: sdashVersion})
	return c.Put(s)
}

type screeningTool struct {
	Screening Ref      `do:"screening" label:"Screening" kinds:"SC" opts:"need"`
	Tool      RiskTool `do:"tool" label:"Tool" opts:"need"`
	Day       day.Date `do:"day" label:"Done on" default:"today"`
	Assessor  string   `do:"assessor" label:"Assessor" opts:"need" help:"Enter who did it and where they work"`
	Trained   bool     `do:"trained" label:"Trained in the tool" help:"Needed: yes, when the assessor is trained to use it"`
	Concern   string   `do:"concern" label:"Level of concern" opts:"need" help:"Enter it in that tool's own words, as the assessor wrote it"`
	Note      string   `do:"note" label:"Note" opts:"long,hide"`
}

func (a *screeningTool) Apply(c *Change) error {
	s, err := goingScreening(c, a.Screening)
	if err != nil {
		return err
	}
	on := firstDay(a.Day, day.On(c.Now))
	switch {
	case !a.Trained:
		return Refuse("trained", string(a.Tool)+" is used by trained assessors only", "Say yes if the assessor is trained, or ask S-TAC with stac.refer")
	case on > day.On(c.Now):
		return Refuse("day", "an assessment cannot have been done in the future", "Enter the day it was done")
	}
	s.Tools = append(slices.Clone(s.Tools), ToolUse{Tool: a.Tool, Day: on, Assessor: a.Assessor, Concern: a.Concern, By: c.By.Ref, At: c.Now, Note: a.Note})
	return c.Put(s)
}
