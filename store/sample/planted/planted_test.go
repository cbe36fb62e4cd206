package planted

import (
	"bytes"
	"testing"
	"time"

	"pou/model/day"
)

func TestTheTwoPhonesAreNearOnlyOnTheVisits(t *testing.T) {
	t.Parallel()
	last := day.On(time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC))
	c := Make(1, last)
	if len(c.Visits) != Meets {
		t.Fatalf("%d visits", len(c.Visits))
	}
	p := &plot{first: c.First}
	for _, v := range c.Visits {
		home, work, _, _ := places()
		at := home
		if minuteOf(v.From)/60 == 12 {
			at = work
		}
		p.visits = append(p.visits, visit{v.From, v.To, moved(at, v.Metres, 0)})
	}
	near := 0
	for at := c.First.Start(); at.Before(c.Last.End()); at = at.Add(time.Minute) {
		d := apart(p.suspect(at), p.victim(at))
		during := false
		for _, v := range c.Visits {
			during = during || !at.Before(v.From.Add(-5*time.Minute)) && !at.After(v.To.Add(5*time.Minute))
		}
		if !during && d < 1500 {
			t.Fatalf("%v: %.0f m apart and no visit", at, d)
		}
		if d < 100 {
			near++
		}
	}
	if near < Meets*10 {
		t.Errorf("near for %d minutes in all", near)
	}
}

func TestTheSameSeedMakesTheSameFiles(t *testing.T) {
	t.Parallel()
	last := day.On(time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC))
	a, b, other := Make(1, last), Make(1, last), Make(2, last)
	for i := range a.Files {
		if !bytes.Equal(a.Files[i].Data, b.Files[i].Data) {
			t.Errorf("%s differs", a.Files[i].Name)
		}
	}
	if bytes.Equal(a.Files[0].Data, other.Files[0].Data) {
		t.Error("another seed makes the same calls")
	}
	if n := bytes.Count(a.Files[0].Data, []byte("\n")); n < 2000 {
		t.Errorf("the call data has %d lines", n)
	}
}
