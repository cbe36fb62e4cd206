package cli

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
	"time"

	"pou/model"
)

func calendarOf(t *testing.T, names bool, dues ...model.Due) string {
	t.Helper()
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	rows := make([]row, len(dues))
	for i, d := range dues {
		rows[i] = row{model.Line{Ref: d.Ref, Unit: "SW", Name: "KOVAČ, Ivan", OwnerName: "DC Patel"}, d}
	}
	writeCalendar(w, rows, official, names, time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC))
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// unfolded puts folded lines together again, as a reader of the format does.
func unfolded(s string) string { return strings.ReplaceAll(s, "\r\n ", "") }

func TestACalendarIsOneAndSaysTheTimeInUTC(t *testing.T) {
	t.Parallel()
	d := model.Due{
		Ref: "R-000001", Rule: "initial notification", Citation: "SPA 2019 s.9(1)-(2)", Event: "service of the order", Start: time.Date(2026, 7, 6, 13, 0, 0, 0, time.UTC),
		Deadline: time.Date(2026, 7, 8, 23, 0, 0, 0, time.UTC), Missed: "an offence", Settle: "order.notify", Check: true, Warn: "two days, no more",
	}
	raw := calendarOf(t, false, d)
	for _, line := range strings.Split(strings.TrimSuffix(raw, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line has %d bytes: %q", len(line), line)
		}
	}
	got := unfolded(raw)
	for _, want := range []string{
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "END:VCALENDAR\r\n", "UID:R-000001.initial-notification@pou\r\n", "DTSTAMP:20261124T050000Z\r\n",
		"DTSTART:20260708T224500Z\r\n", "DTEND:20260708T230000Z\r\n", "SUMMARY:R-000001 initial notification\r\n", "CLASS:CONFIDENTIAL\r\n",
		`DESCRIPTION:OFFICIAL-SENSITIVE\nRule: initial notification\nSource: SPA 2019 s.9(1)-(2)\nBegan: Mon 6 Jul 2026 14:00 BST\, service of the order\nRuns out: Thu 9 Jul 2026 00:00 BST\n`,
		`Now: two days\, no more\nCHECK: this limit`, `Owner: DC Patel\nIf missed: an offence\nNext: `, `\nOFFICIAL-SENSITIVE` + "\r\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "KOVA") {
		t.Error("it names somebody, and nobody asked for names")
	}
	if !strings.Contains(unfolded(calendarOf(t, true, d)), `SUMMARY:R-000001 initial notification: KOVAČ\, Ivan`) {
		t.Error("asked for names, it gives none")
	}
}

// What an officer typed may name a victim-survivor; without --names it is not written at all.
func TestWhatAnOfficerTypedIsNotInACalendarWithoutNames(t *testing.T) {
	t.Parallel()
	d := model.Due{Ref: "T-000007", Rule: "Ring Rosalind Underwood", Typed: true, Deadline: time.Date(2026, 7, 8, 23, 0, 0, 0, time.UTC), Settle: "task.done"}
	if got := unfolded(calendarOf(t, false, d)); strings.Contains(got, "Rosalind") || strings.Contains(got, "rosalind") || !strings.Contains(got, "SUMMARY:T-000007 task\r\n") {
		t.Errorf("%s", got)
	}
	if got := unfolded(calendarOf(t, true, d)); !strings.Contains(got, "SUMMARY:T-000007 Ring Rosalind Underwood: KOVAČ") || !strings.Contains(got, "UID:T-000007.task@pou") {
		t.Errorf("%s", got)
	}
}

func TestTextCannotLeaveItsProperty(t *testing.T) {
	t.Parallel()
	d := model.Due{Ref: "T-000007", Rule: "a;b,c\\d\r\nBEGIN:VEVENT\x1b[31m ŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁŁ", Typed: true, Deadline: time.Unix(1_700_000_000, 0)}
	raw := calendarOf(t, true, d)
	if n := strings.Count(raw, "\r\nBEGIN:VEVENT"); n != 1 {
		t.Errorf("there are %d events:\n%s", n, raw)
	}
	if strings.ContainsAny(raw, "\x1b") || !strings.Contains(unfolded(raw), `a\;b\,c\\d`) {
		t.Errorf("%q", raw)
	}
	for _, line := range strings.Split(raw, "\r\n") {
		if strings.ToValidUTF8(line, "?") != line || len(line) > 75 {
			t.Errorf("folded within a character, or too long: %q", line)
		}
	}
}

func TestAClockKeepsItsNameWhenItsDeadlineMoves(t *testing.T) {
	t.Parallel()
	d := model.Due{Ref: "OP-0001/012", Rule: "review the target", Deadline: time.Unix(1_700_000_000, 0)}
	moved := d
	moved.Deadline, moved.Warn = d.Deadline.Add(time.Hour), "later"
	for _, due := range []model.Due{d, moved} {
		if got := calendarOf(t, false, due); !strings.Contains(got, "UID:OP-0001.012.review-the-target@pou\r\n") {
			t.Errorf("%s", got)
		}
	}
	if got := calendarOf(t, false, d, d); !strings.Contains(got, "UID:OP-0001.012.review-the-target.2@pou\r\n") {
		t.Errorf("two clocks have one name:\n%s", got)
	}
}
