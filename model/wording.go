package model

import (
	"regexp"
	"strconv"
	"sync"
)

// Unsaid is a wording that nothing made from communications or travel data may use, with what to say instead. Inferring where somebody was,
// or what they did, from a device's data is expert opinion (R v Calland [2017] EWCA Crim 2308; FSR code, FSA-DIG-301 (check)).
type Unsaid struct {
	Pattern string // a regular expression
	Instead string
}

// Unsayable is the one list of such wordings: what the program writes is tested with it, and what officers write is held to it. "Proved"
// stands only as the grade of an attribution.
func Unsayable() []Unsaid {
	const place, show, near, act, who, sure = `say "the data is consistent with an area about ...": a device is not its holder, and a cell is not an address`,
		`say "consistent with", and leave what it shows to the court`, `say "may have been near each other", with the bounds`,
		`say what the rows are: how many calls or texts, from which device, over which days`, `say "the suspect"`, `say how well it is known, and from what`
	return []Unsaid{
		{`(?i)\b(was|were|is|been) (at|in|inside|outside) (the )?(home|house|address|scene|work)`, place},
		{`(?i)\b(he|she|suspect|victim-survivor|they) (was|were) (at|in|inside)\b`, place},
		{`(?i)\bwas at\b`, place},
		{`(?i)\bwere at\b`, place},
		{`(?i)\bprov(e|es|en|ing)\b`, show},
		{`(?i)\b(is|are|was|were|has|have|been) proved\b`, show},
		{`(?i)\bproved that\b`, show},
		{`(?i)\bproof\b`, show},
		{`\bmet\b`, near},
		{`(?i)\bmeets?\b`, near},
		{`(?i)\bstalk(s|ed|er|ing)\b`, act},
		{`(?i)\bvisited\b`, place},
		{`(?i)\blives? (at|in)\b`, `say "an area where the device was on most nights"`},
		{`(?i)\bfollowed\b`, near},
		{`(?i)\bguilty\b`, show},
		{`(?i)\boffender\b`, who},
		{`(?i)\bcertain(ly)?\b`, sure},
		{`(?i)\bdefinitely\b`, sure},
		{`(?i)\bbreached\b`, `say "a candidate for the breach desk": whether it is a breach is decided there`},
		{`(?i)\bharass(ed|es|ing)\b`, act},
		{`(?i)\bscore\b`, `say what was counted`},
	}
}

var unsayable = sync.OnceValue(func() []*regexp.Regexp { //nolint:gochecknoglobals // immutable after first use
	var out []*regexp.Regexp
	for _, u := range Unsayable() {
		out = append(out, regexp.MustCompile(u.Pattern))
	}
	return out
})

// sayable refuses words that say more than data can, and says what to say instead.
func sayable(field, text string) error {
	for i, re := range unsayable() {
		if at := re.FindString(text); at != "" {
			return Refuse(field, strconv.Quote(at)+" says more than data of devices can (R v Calland [2017] EWCA Crim 2308)", UpperFirst(Unsayable()[i].Instead))
		}
	}
	return nil
}
