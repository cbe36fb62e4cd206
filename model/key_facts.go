package model

import (
	"strings"

	"pou/model/day"
)

func (o *Officer) facts(l *Liner) []Facts {
	roles := make([]string, len(o.Roles))
	for i, r := range o.Roles {
		roles[i] = LabelOf(r.Choices(), string(r))
	}
	rows := []Fact{
		{Label: "Name", Text: o.Name, Tone: ToneStrong},
		{Label: "Rank", Text: o.Rank},
		{Label: "Unit", Text: string(o.Unit)},
		{Label: "Roles", Text: strings.Join(roles, ", ")},
		{Label: "Login", Text: o.Login},
		{Label: "Phone", Text: o.Phone},
	}
	if o.Left {
		rows = append(rows, Fact{Label: "Left", Text: "may do nothing; what they did stays", Tone: ToneWarn})
	}
	if e := o.Ended; e.Count > 0 {
		rows = append(rows, Fact{Label: "Signed out", Text: day.Clock(e.At) + " by " + l.Officer(e.By), Tone: ToneQuiet, Ref: e.By})
	}
	keys := make([]Fact, 0, len(o.Keys))
	for _, k := range o.Keys {
		tone, words := TonePlain, []string{k.Print, k.Type}
		if k.Label != "" {
			words = append(words, k.Label)
		}
		words = append(words, "added "+day.On(k.Added).Long()+" by "+l.Officer(k.By))
		switch {
		case !k.Revoked.IsZero():
			tone, words = ToneQuiet, append(words, "revoked "+day.On(k.Revoked).Long()+" by "+l.Officer(k.RevokedBy))
		case !k.Until.IsZero():
			words = append(words, "until "+k.Until.Long())
		}
		keys = append(keys, Fact{Label: k.Word(l.now), Text: strings.Join(words, " · "), Tone: tone})
	}
	return []Facts{{Head: "Officer", Rows: rows}, {Head: "SSH keys", Rows: keys}}
}
