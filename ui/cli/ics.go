package cli

import (
	"bufio"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"pou/model"
	"pou/model/day"
	"pou/ui/part"
)

// asICS is the format of a calendar (RFC 5545).
const asICS = "ics"

// calendar writes clocks as a calendar that ends each at its deadline.
type calendar struct {
	w     *bufio.Writer
	names bool // names of people, and what officers typed, are written out
	mark  string
	now   time.Time
	seen  map[string]int
}

// writeCalendar writes the clocks of a list. Calendars are shown on phones and on other people's screens: an event says the
// reference and the rule, and nothing that names anybody unless that was asked for.
func writeCalendar(w *bufio.Writer, rows []row, mark string, names bool, now time.Time) {
	c := &calendar{w: w, names: names, mark: mark, now: now, seen: map[string]int{}}
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//pou//clocks//EN")
	c.line("METHOD", "PUBLISH")
	c.text("X-WR-CALNAME", "pou clocks "+mark)
	for i := range rows {
		c.event(&rows[i])
	}
	c.line("END", "VCALENDAR")
}

// eventLength is how long an event is shown: it ends at the deadline, so that a clock that runs to midnight stands on its
// last day.
const eventLength = 15 * time.Minute

func (c *calendar) event(r *row) {
	d := &r.due
	c.line("BEGIN", "VEVENT")
	c.line("UID", c.uid(d))
	c.line("DTSTAMP", icsTime(c.now))
	c.line("DTSTART", icsTime(d.Deadline.Add(-eventLength)))
	c.line("DTEND", icsTime(d.Deadline))
	c.text("SUMMARY", c.summary(r))
	c.text("DESCRIPTION", c.description(r))
	c.text("CATEGORIES", string(r.Unit))
	c.line("CLASS", "CONFIDENTIAL")
	c.line("TRANSP", "TRANSPARENT")
	c.line("END", "VEVENT")
}

// uid names a clock for as long as it runs: the record and the rule, whatever moves its deadline. Of clocks alike on one
// record, the second and later are counted.
func (c *calendar) uid(d *model.Due) string {
	rule := "task"
	if !d.Typed {
		rule = slug(d.Rule)
	}
	uid := strings.ReplaceAll(string(d.Ref), "/", ".") + "." + rule
	c.seen[uid]++
	if n := c.seen[uid]; n > 1 {
		uid += "." + strconv.Itoa(n)
	}
	return uid + "@pou"
}

func slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

// rule is the rule of a clock; a task's title is an officer's own words, and is written only with the names.
func (c *calendar) rule(d *model.Due) string {
	if d.Typed && !c.names {
		return d.Ref.Kind().Word()
	}
	return d.Rule
}

func (c *calendar) summary(r *row) string {
	words := string(r.Ref) + " " + c.rule(&r.due)
	if c.names && r.Name != "" {
		words += ": " + r.Name
	}
	return words
}

func (c *calendar) description(r *row) string {
	d := &r.due
	lines := []string{
		c.mark, "Rule: " + c.rule(d), "Source: " + d.Citation, "Began: " + icsMoment(d.Start) + ", " + d.Event, "Runs out: " + icsMoment(d.Deadline),
	}
	if d.Warn != "" {
		lines = append(lines, "Now: "+d.Warn)
	}
	if d.Check {
		lines = append(lines, "CHECK: this limit is not confirmed against its source")
	}
	owner := r.OwnerName
	if owner == "" {
		owner = "nobody"
	}
	lines = append(lines, "Owner: "+owner, "If missed: "+d.Missed)
	if s, ok := model.Find(d.Settle); ok {
		lines = append(lines, "Next: "+s.Title+" ("+s.Name+")")
	}
	return strings.Join(append(lines, c.mark), "\n")
}

func icsMoment(t time.Time) string { return t.In(day.London()).Format("Mon 2 Jan 2006 15:04 MST") }

func icsTime(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// text writes a property whose value is free text: cleaned of control bytes, and what the format uses itself escaped.
func (c *calendar) text(name, value string) {
	lines := strings.Split(value, "\n")
	for i, l := range lines {
		lines[i] = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace(part.Safe(l))
	}
	c.line(name, strings.Join(lines, `\n`))
}

// foldAt is the most bytes of a line (RFC 5545 s.3.1).
const foldAt = 75

// line writes a property, folded between characters.
func (c *calendar) line(name, value string) {
	rest, room := name+":"+value, foldAt
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		_, _ = c.w.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], foldAt-1 // the blank counts
	}
	_, _ = c.w.WriteString(rest + "\r\n") // an error stays for Flush
}
