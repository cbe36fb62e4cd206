package ui

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/ui/part"
)

// dispute is a form whose record somebody else changed meanwhile, in the very fields that were typed into: both versions
// stand side by side, and the officer says field by field which it is to be. Neither is lost before they have.
type dispute struct {
	rule   string // who changed it, and when
	rev    uint64 // of the record as it is now
	values map[string]string
	rows   []disputed
	at     int
	asked  bool // it was to be saved before everything was chosen
}

// disputed is one field both have changed.
type disputed struct {
	name, label string
	theirs      string
	mine        string
	choice      int
}

// What was chosen of a field.
const (
	chosenNone = iota
	chosenTheirs
	chosenMine
)

// conflict takes a refusal because the record has changed. Where only other fields were changed there is nothing to choose:
// what was typed goes on top of the new version.
func (f *formOverlay) conflict(r model.Receipt, p *model.Problem) {
	f.banner = []string{p.Rule}
	now, ok := r.Current.(model.Record)
	if !ok {
		return
	}
	d := &dispute{rule: p.Rule, rev: now.Head().Rev, values: flatValues(now)}
	taken := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(d.values)) {
		fd, ok := f.spec.Field(name)
		if !ok {
			continue
		}
		mine, was, theirs := strings.TrimSpace(f.form.Value(name)), f.data.values[name], d.values[name]
		switch {
		case mine == theirs:
		case f.spec.Prefills() && mine == was:
			taken[name] = theirs // only they changed it
		case mine == "" || (f.spec.Prefills() && theirs == was): // only I did
		default:
			d.rows = append(d.rows, disputed{name: name, label: fd.Label, theirs: theirs, mine: mine})
		}
	}
	if len(d.rows) > 0 {
		f.banner, f.dispute = nil, d
		return
	}
	f.settle(d, taken)
	f.banner = append(f.banner, "Nothing you typed is about what they changed. ctrl+s saves it on the new version; esc leaves it as a draft.")
}

// settle goes on from the new version, with some fields as they are on it.
func (f *formOverlay) settle(d *dispute, fields map[string]string) {
	f.rev = d.rev
	if f.spec.Prefills() {
		for name, value := range d.values {
			if _, ok := f.spec.Field(name); !ok {
				continue
			}
			if f.form.Value(name) == f.data.values[name] {
				fields[name] = value // untouched here: it follows the record
			}
			f.data.values[name] = value
		}
	}
	f.form.SetValues(fields)
}

// choose takes a key while both versions stand side by side.
func (f *formOverlay) choose(a *App, msg tea.KeyPressMsg) tea.Cmd {
	d := f.dispute
	switch key := msg.String(); key {
	case "up", "k", "shift+tab":
		d.at = max(0, d.at-1)
	case "down", "j", "tab":
		d.at = min(len(d.rows)-1, d.at+1)
	case "left", "t", "right", "y":
		d.rows[d.at].choice = chosenTheirs
		if key == "right" || key == "y" {
			d.rows[d.at].choice = chosenMine
		}
		d.asked = false
		d.at = min(len(d.rows)-1, d.at+1)
	case "enter", "ctrl+s":
		if i := slices.IndexFunc(d.rows, func(r disputed) bool { return r.choice == chosenNone }); i >= 0 {
			d.at, d.asked = i, true
			return nil
		}
		return f.decided(a)
	case "esc":
		f.dispute = nil
		f.banner = []string{d.rule, "What you typed is kept. ctrl+s shows both versions again; esc leaves it as a draft."}
	}
	return nil
}

// decided saves the form as it was chosen, on the new version.
func (f *formOverlay) decided(a *App) tea.Cmd {
	fields := map[string]string{}
	for _, r := range f.dispute.rows {
		fields[r.name] = r.mine
		if r.choice == chosenTheirs {
			fields[r.name] = r.theirs
		}
	}
	d := f.dispute
	f.dispute, f.banner = nil, nil
	f.settle(d, fields)
	return f.submit(a)
}

// The widths of the label, and the most lines a version takes.
const (
	disputeLabel = 16
	disputeLines = 5
)

// lines draw both versions side by side.
func (d *dispute) lines(a *App, w int) []string {
	th := &a.th
	col := max(10, (w-disputeLabel-2)/2)
	var out []string
	for _, line := range part.Wrap(part.Safe(d.rule), w) {
		out = append(out, th.Warn.Apply(line))
	}
	out = append(out, "", part.Fit("", disputeLabel, part.AlignLeft)+th.Bold.Apply(part.Fit("ON RECORD NOW", col+1, part.AlignLeft))+th.Bold.Apply("YOURS"))
	for i, r := range d.rows {
		out = append(out, d.row(a, r, i == d.at, col)...)
	}
	out = append(out, "")
	if d.asked {
		out = append(out, th.Danger.Apply("Choose for every field: t keeps theirs, y takes yours."))
	}
	return append(out, th.Dim.Apply(part.Cut("t theirs  y yours  ↑↓ field  ctrl+s save  esc back to the form", w)))
}

func (d *dispute) row(a *App, r disputed, active bool, col int) []string {
	th := &a.th
	theirs := part.Wrap(part.Safe(orWord(r.theirs, "empty")), col-2)
	mine := part.Wrap(part.Safe(orWord(r.mine, "empty")), col-2)
	mark := func(chosen bool) string {
		if chosen {
			return th.Pick("● ", "* ")
		}
		return th.Pick("○ ", "  ")
	}
	var out []string
	for i := range min(disputeLines, max(len(theirs), len(mine))) {
		label, t, m := "", "  ", "  "
		if i == 0 {
			label, t, m = r.label, mark(r.choice == chosenTheirs), mark(r.choice == chosenMine)
		}
		label = part.Fit(label, disputeLabel-2, part.AlignLeft)
		if active {
			label = th.Accent.Apply(th.Pick("▌", ">")+label) + " "
		} else {
			label = " " + label + " "
		}
		out = append(out, label+part.Fit(t+at(theirs, i), col, part.AlignLeft)+" "+part.Fit(m+at(mine, i), col, part.AlignLeft))
	}
	return out
}

func at(lines []string, i int) string {
	if i >= len(lines) {
		return ""
	}
	return lines[i]
}

// flatValues are a record's values that a form can hold, by the names of its fields: words, numbers, yes or no, and lists.
func flatValues(rec model.Record) map[string]string {
	out := plainValues(rec)
	raw, err := json.Marshal(rec)
	var all map[string]any
	if out == nil || err != nil || json.Unmarshal(raw, &all) != nil {
		return out
	}
	for name, v := range all {
		switch v := v.(type) {
		case float64:
			out[name] = strconv.FormatFloat(v, 'f', -1, 64)
		case bool:
			out[name] = map[bool]string{true: "yes", false: "no"}[v]
		case []any:
			words := make([]string, 0, len(v))
			for _, w := range v {
				if s, ok := w.(string); ok {
					words = append(words, s)
				}
			}
			if len(words) == len(v) {
				out[name] = strings.Join(words, ",")
			}
		}
	}
	return out
}
