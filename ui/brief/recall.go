package brief

import (
	"fmt"
	"strings"

	"pou/model"
	"pou/model/day"
)

// cleanRecall is the notice with every word made harmless.
func cleanRecall(r *model.RecallNotice, tame func(string) string) *model.RecallNotice {
	if r == nil {
		return nil
	}
	out := *r
	out.Name = tame(r.Name)
	out.Targets = make([]model.RecalledTarget, len(r.Targets))
	for i, t := range r.Targets {
		t.By, t.Why = tame(t.By), tame(t.Why)
		papers := make([]model.HeldPaper, len(t.Papers))
		for j, h := range t.Papers {
			h.What, h.To, h.By = tame(h.What), tame(h.To), tame(h.By)
			papers[j] = h
		}
		holders := make([]model.OrderOwner, len(t.Holders))
		for j, o := range t.Holders {
			o.Officer = tame(o.Officer)
			holders[j] = o
		}
		t.Papers, t.Holders = papers, holders
		out.Targets[i] = t
	}
	return &out
}

// The fixed words of a recall notice.
const (
	recallKind = "RECALL NOTICE"
	recallDo   = "Find every page that has one of the references below, in every copy you hold, photographs and scans of it too. Destroy those pages now, " +
		"or return them to whoever handed them out, and say which copy numbers you destroyed or returned. Do not act on them: the person is no longer a target of this " +
		"operation. The rest of the pack stays in force."
	recallWhy = "A person is named here by reference alone, as the paper to be found does. Removal that does not reach the copies already made is no removal " +
		"(ICO v Met, 2018; DPA 2018 s.38)."
	recallSlip = "Copies destroyed / returned (numbers):"
)

// recallRows say of a target what happened, who has paper about it, and who has not acknowledged it.
func recallRows(t *model.RecalledTarget) [][2]string {
	left := fmt.Sprintf("%s, %s", t.As, day.Moment(t.At))
	if t.By != "" {
		left += ", by " + t.By
	}
	rows := [][2]string{{"Left the list", left}}
	if t.Why != "" {
		rows = append(rows, [2]string{"Why", t.Why})
	}
	for i, h := range t.Papers {
		head := ""
		if i == 0 {
			head = "Handed out"
		}
		copies := "copy"
		if h.Copies > 1 {
			copies = "copies"
		}
		rows = append(rows, [2]string{head, fmt.Sprintf("%s %s for %s: %s, %s by %s (journal %d)", copies, model.CopyNumbers(h.Copies), h.To, h.What, day.Moment(h.At), h.By, h.Entry)})
	}
	if len(t.Papers) == 0 {
		rows = append(rows, [2]string{"Handed out", "no paper is on record; the frozen order is on screens"})
	}
	var knows, waits []string
	for _, o := range t.Holders {
		if o.Knows {
			knows = append(knows, o.Officer)
		} else {
			waits = append(waits, o.Officer)
		}
	}
	if t.Version > 0 {
		rows = append(rows, [2]string{"Frozen order", fmt.Sprintf("version %d names the target", t.Version)})
	}
	if len(waits) > 0 {
		rows = append(rows, [2]string{"NOT READ BY", strings.Join(waits, ", ") + ": acknowledge it with plan.read"})
	}
	if len(knows) > 0 {
		rows = append(rows, [2]string{"Read by", strings.Join(knows, ", ")})
	}
	return rows
}

// recalls says how many targets are recalled.
func recalls(r *model.RecallNotice) string {
	if len(r.Targets) == 1 {
		return "1 target recalled"
	}
	return fmt.Sprintf("%d targets recalled", len(r.Targets))
}

func (p *paper) recall(r *model.RecallNotice) {
	d := p.doc
	p.about = recallKind + " · " + d.title()
	p.newPage()
	p.font(true, 22, black)
	p.write(side, recallKind, black)
	p.y++
	p.font(true, 12, black)
	p.write(side, d.title(), black)
	p.y += 0.5
	p.font(false, 10, black)
	p.write(side, recalls(r)+" · "+d.copyOf(p.copy), soft)
	p.y += 3
	p.font(true, 10.5, black)
	p.write(side, recallDo, black)
	p.y += 1.5
	p.font(false, 9, black)
	p.write(side, recallWhy, soft)
	p.y += 2
	for i := range r.Targets {
		t := &r.Targets[i]
		p.room(32)
		p.section(model.PageSection{Head: string(t.Target), Rows: recallRows(t)})
	}
	p.y += 8
	p.room(26)
	p.slip()
}

// slip is what the recipient fills in and sends back.
func (p *paper) slip() {
	p.font(true, 9.5, black)
	p.write(side, "Reply", black)
	p.y += 2
	p.font(false, 9, black)
	for _, said := range [][2]string{{recallSlip, ""}, {"Name:", "Date and time:"}} {
		p.y += 6
		p.Text(side, p.y, said[0])
		from, to := side+p.GetStringWidth(said[0])+2, side+width
		if said[1] != "" {
			half := side + width*0.6
			p.blank(from, half-4, p.y)
			p.Text(half, p.y, said[1])
			from = half + p.GetStringWidth(said[1]) + 2
		}
		p.blank(from, to, p.y)
	}
	p.y += 3
}

// blank is a line to write on.
func (p *paper) blank(from, to, y float64) {
	p.SetDrawColor(int(soft), int(soft), int(soft))
	p.SetLineWidth(0.2)
	p.Line(from, y+0.6, to, y+0.6)
}

func (d *Document) markdownRecall(say sayer, n int) {
	say("# %s\n", recallKind)
	say("%s · %s · %s  \n%s\n", plain(d.title()), recalls(d.Recall), plain(d.made()), plain(d.copyOf(n)))
	say("**%s**\n\n%s", recallDo, recallWhy)
	for i := range d.Recall.Targets {
		t := &d.Recall.Targets[i]
		say("\n## %s\n", t.Target)
		for _, row := range recallRows(t) {
			say("- %s", markdownRow(row))
		}
	}
	say("\n%s \\_\\_\\_\\_\\_\\_  Name: \\_\\_\\_\\_\\_\\_  Date and time: \\_\\_\\_\\_\\_\\_\n", recallSlip)
}
