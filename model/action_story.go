package model

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

func storyActions() []Spec {
	return []Spec{
		spec[storyOpen]("story.open", "Open a storyboard", "Begins an ordered set of findings in the data of a case. A case may have several.", anyone(), KindCase),
		spec[storyAdd]("story.add", "Add a finding", "Puts a finding on the storyboard of a case, which is opened when there is none.", anyone(), KindStoryboard, KindCase),
		spec[storyEdit]("story.edit", "Change a finding", "Changes what a finding says or looks at. A signature no longer stands.", anyone(), KindStoryboard),
		spec[storyMove]("story.move", "Move a finding", "Puts a finding elsewhere in the order. A signature no longer stands.", anyone(), KindStoryboard),
		spec[storyRemove]("story.remove", "Remove a finding", "Takes a finding off the storyboard. A signature no longer stands.", anyone(), KindStoryboard),
		weighty(spec[storySign]("story.sign", "Sign a storyboard", "Puts your name and the time to the storyboard as it is. Changing anything on it takes the signature away.", anyone(), KindStoryboard)),
	}
}

type storyOpen struct {
	Case  Ref    `do:"case" label:"Case" kinds:"C" opts:"need"`
	Title string `do:"title" label:"Title" help:"What it tells; else it is of the case"`
}

func (a *storyOpen) Apply(c *Change) error {
	k, err := goingCase(c, a.Case)
	if err != nil {
		return err
	}
	b := newStoryboard(c, k, a.Title)
	if err := k.namesNobody(c, "title", b.Title); err != nil {
		return err
	}
	return c.Put(b)
}

func newStoryboard(c *Change, k *Case, title string) *Storyboard {
	return &Storyboard{Case: k.Ref, Unit: k.Unit, Person: first(k.accusedRefs()), Title: firstWord(strings.TrimSpace(title), "Storyboard of "+string(k.Ref)), Opened: c.Now, By: c.By.Ref}
}

// namesNobody refuses words that name somebody the case protects, or how to find them: a storyboard is for many eyes.
func (k *Case) namesNobody(c *Change, field, text string) error {
	l := NewLiner(c.src, c.Now)
	for _, person := range k.accusedRefs() {
		if v := l.shield(person); v != nil && v.has(text) {
			return Refuse(field, "it names somebody "+string(k.Ref)+" protects, or how they are found", `Write "the victim-survivor", or the label of the device, such as V2`)
		}
	}
	return nil
}

type storyAdd struct {
	Board   Ref         `do:"board" label:"Storyboard" kinds:"SB" help:"Else the one of the case"`
	Case    Ref         `do:"case" label:"Case" kinds:"C"`
	Kind    FindingKind `do:"kind" label:"What it shows" opts:"need"`
	Title   string      `do:"title" label:"Title" help:"Else what it shows, in words"`
	Words   string      `do:"words" label:"Your words" opts:"long"`
	From    time.Time   `do:"from" label:"From"`
	To      time.Time   `do:"to" label:"To"`
	Devices []string    `do:"devices" label:"Devices" opts:"hide" help:"Labels such as S1 and V2, or numbers that are nobody's in the case; else all"`
	Moment  int         `do:"moment" label:"Moment" help:"The figure of its label: 1 of M1"`
	Rows    []string    `do:"rows" label:"Rows" opts:"fold" help:"Chosen rows: the file's SHA-256 or its first eight figures or more, a colon, and the line"`
}

func (a *storyAdd) Apply(c *Change) error {
	b, k, err := a.board(c)
	if err != nil {
		return err
	}
	f := StoryFinding{
		No: b.Last + 1, Kind: a.Kind, Title: firstWord(strings.TrimSpace(a.Title), UpperFirst(LabelOf(a.Kind.Choices(), string(a.Kind)))), Words: strings.TrimSpace(a.Words),
		From: a.From, To: a.To, Moment: a.Moment, Added: c.Now, By: c.By.Ref,
	}
	if f.Devices, err = k.deviceKeys(a.Devices); err != nil {
		return err
	}
	for _, s := range apart(a.Rows) {
		row, err := sourceRow(s)
		if err != nil {
			return err
		}
		f.Rows = append(f.Rows, row)
	}
	if err := k.stands(c, &f); err != nil {
		return err
	}
	b.Last = f.No
	b.Findings = append(b.Findings, f)
	b.Signed = nil
	return c.Put(b)
}

// board is the storyboard a finding goes on: the one named, else the only one of the case, else a new one.
func (a *storyAdd) board(c *Change) (*Storyboard, *Case, error) {
	if a.Board != "" {
		return openBoard(c, a.Board)
	}
	if a.Case == "" {
		return nil, nil, Refuse("case", "a finding is of a case", "Name the case, or its storyboard")
	}
	k, err := goingCase(c, a.Case)
	if err != nil {
		return nil, nil, err
	}
	all, err := linked[*Storyboard](c, k.Ref, KindStoryboard)
	switch {
	case err != nil:
		return nil, nil, err
	case len(all) == 0:
		return newStoryboard(c, k, ""), k, nil
	case len(all) == 1:
		return all[0], k, nil
	}
	names := make([]string, len(all))
	for i, b := range all {
		names[i] = string(b.Ref)
	}
	return nil, nil, Refuse("board", string(k.Ref)+" has several storyboards: "+firstFew(names, 8), "Name the one the finding goes on")
}

// openBoard loads a storyboard whose case is still worked on.
func openBoard(c *Change, ref Ref) (*Storyboard, *Case, error) {
	b, err := Load[*Storyboard](c, "board", ref)
	if err != nil {
		return nil, nil, err
	}
	k, err := goingCase(c, b.Case)
	return b, k, err
}

// stands holds a finding against its case: the moment is there, and the words name nobody the case protects.
func (k *Case) stands(c *Change, f *StoryFinding) error {
	if f.Moment != 0 && !slices.ContainsFunc(k.Moments, func(m Moment) bool { return m.No == f.Moment }) {
		return Refuse("moment", string(k.Ref)+" has no moment "+itoa(f.Moment), "pou show "+string(k.Ref)+" lists them; moment.add marks one")
	}
	if err := k.namesNobody(c, "title", f.Title); err != nil {
		return err
	}
	return k.namesNobody(c, "words", f.Words)
}

// apart are the words of a field with a comma or a semicolon between them, as much as of one that takes a line each.
func apart(given []string) []string {
	var out []string
	for _, s := range given {
		for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' }) {
			out = append(out, strings.TrimSpace(word))
		}
	}
	return out
}

// deviceKeys are devices as a finding keeps them: by their label where the case knows them, so that no number stands there that is
// need-to-know.
func (k *Case) deviceKeys(given []string) ([]string, error) {
	var out []string
	for _, s := range apart(given) {
		key, label := strings.TrimSpace(s), strings.ToUpper(strings.TrimSpace(s))
		if keys := subjectKeys([]string{s}); len(keys) == 1 {
			key = keys[0]
		}
		i := slices.IndexFunc(k.Devices, func(d Device) bool { return d.Label() == label || d.Number == key })
		switch {
		case key == "":
			continue
		case i >= 0:
			key = k.Devices[i].Label()
		case isLabel(label):
			return nil, Refuse("devices", string(k.Ref)+" has no device "+label, "pou show "+string(k.Ref)+" lists them")
		}
		if !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out, nil
}

// isLabel reports whether a word is a device's label, and not its number.
func isLabel(s string) bool {
	return len(s) > 1 && strings.ContainsAny(s[:1], "SVT") && strings.Trim(s[1:], "0123456789") == ""
}

// ByLabel finds a device of the case by its label. The figure alone decides: the letter is whose it was thought to be.
func (k *Case) ByLabel(label string) (Device, bool) {
	if !isLabel(label) {
		return Device{}, false
	}
	no, err := strconv.Atoi(label[1:])
	if err != nil {
		return Device{}, false
	}
	return k.Device(no)
}

type storyEdit struct {
	Board   Ref       `do:"board" label:"Storyboard" kinds:"SB" opts:"need"`
	No      int       `do:"no" label:"Finding" opts:"need" help:"Its number"`
	Title   string    `do:"title" label:"Title"`
	Words   string    `do:"words" label:"Your words" opts:"long"`
	From    time.Time `do:"from" label:"From"`
	To      time.Time `do:"to" label:"To"`
	Devices []string  `do:"devices" label:"Devices" opts:"hide" help:"Labels such as S1 and V2"`
	Moment  int       `do:"moment" label:"Moment" help:"The figure of its label: 1 of M1"`
	All     bool      `do:"all" label:"All devices, all of the time" opts:"fold"`
}

func (a *storyEdit) Apply(c *Change) error {
	b, k, i, err := findingOf(c, a.Board, a.No)
	if err != nil {
		return err
	}
	f := b.Findings[i]
	if a.All {
		f.From, f.To, f.Devices = time.Time{}, time.Time{}, nil
	}
	f.Title, f.Words = firstWord(strings.TrimSpace(a.Title), f.Title), firstWord(strings.TrimSpace(a.Words), f.Words)
	f.From, f.To = firstTime(a.From, f.From), firstTime(a.To, f.To)
	if a.Moment != 0 {
		f.Moment = a.Moment
	}
	keys, err := k.deviceKeys(a.Devices)
	if err != nil {
		return err
	}
	if len(keys) > 0 {
		f.Devices = keys
	}
	if err := k.stands(c, &f); err != nil {
		return err
	}
	b.Findings[i], b.Signed = f, nil
	return c.Put(b)
}

func firstTime(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// findingOf loads a storyboard and finds a finding on it.
func findingOf(c *Change, ref Ref, no int) (*Storyboard, *Case, int, error) {
	b, k, err := openBoard(c, ref)
	if err != nil {
		return nil, nil, 0, err
	}
	i := b.at(no)
	if i < 0 {
		return nil, nil, 0, Refuse("no", string(ref)+" has no finding "+itoa(no), "pou show "+string(ref)+" lists them")
	}
	return b, k, i, nil
}

type storyMove struct {
	Board Ref `do:"board" label:"Storyboard" kinds:"SB" opts:"need"`
	No    int `do:"no" label:"Finding" opts:"need" help:"Its number"`
	Place int `do:"place" label:"To place" opts:"need" help:"1 is the first"`
}

func (a *storyMove) Apply(c *Change) error {
	b, _, i, err := findingOf(c, a.Board, a.No)
	if err != nil {
		return err
	}
	if a.Place < 1 || a.Place > len(b.Findings) {
		return Refuse("place", "there are "+several(len(b.Findings), "place", "places")+" on "+string(b.Ref), "Give one from 1 to "+itoa(len(b.Findings)))
	}
	f := b.Findings[i]
	b.Findings = slices.Insert(slices.Delete(b.Findings, i, i+1), a.Place-1, f)
	b.Signed = nil
	return c.Put(b)
}

type storyRemove struct {
	Board Ref `do:"board" label:"Storyboard" kinds:"SB" opts:"need"`
	No    int `do:"no" label:"Finding" opts:"need" help:"Its number"`
}

func (a *storyRemove) Apply(c *Change) error {
	b, _, i, err := findingOf(c, a.Board, a.No)
	if err != nil {
		return err
	}
	b.Findings, b.Signed = slices.Delete(b.Findings, i, i+1), nil
	return c.Put(b)
}

type storySign struct {
	Board Ref `do:"board" label:"Storyboard" kinds:"SB" opts:"need"`
}

func (a *storySign) Apply(c *Change) error {
	b, k, err := openBoard(c, a.Board)
	if err != nil {
		return err
	}
	switch {
	case len(b.Findings) == 0:
		return Refuse("board", string(b.Ref)+" has no finding to sign for", "Add one with story.add")
	case b.Signed != nil:
		return Refuse("board", string(b.Ref)+" is signed by "+c.nameOf(b.Signed.By), "It is signed anew once it was changed")
	}
	data, err := linked[*Dataset](c, k.Ref, KindDataset)
	if err != nil {
		return err
	}
	b.Count++
	b.Signed = &StorySignature{At: c.Now, By: c.By.Ref, No: b.Count, Seen: []Seen{{k.Ref, k.Rev}}}
	for _, d := range data {
		b.Signed.Seen = append(b.Signed.Seen, Seen{d.Ref, d.Rev})
	}
	return c.Put(b)
}
