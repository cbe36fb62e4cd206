package model

import (
	"strings"
	"testing"
)

// aChain is a short journal, linked as the store links it.
func aChain(t testing.TB) []Entry {
	t.Helper()
	out := []Entry{
		{Seq: 1, Logged: Collection, Action: "person.add", By: "O-0002", About: []Touched{{Ref: "P-000001", Rev: 1}}},
		{Seq: 2, Logged: Alteration, Action: "wanted.mark", By: "O-0002", Reason: "seen", About: []Touched{{Ref: "W-000001", Rev: 1, Prev: 1}, {Ref: "P-000001", Rev: 2}}},
		{Seq: 3, Logged: Disclosure, Action: "brief", By: "O-0003", To: "CPS London", Undoes: 1},
	}
	var prev Digest
	for i := range out {
		e := &out[i]
		e.At = at(t, "2026-11-24 05:00")
		e.Payload[0], e.Prev = byte(i+1), prev
		e.Sum = e.Link(prev)
		prev = e.Sum
	}
	return out
}

func verify(chain []Entry) error {
	var prev Digest
	for i, e := range chain {
		if err := VerifyChain(prev, uint64(i)+1, e); err != nil {
			return err
		}
		prev = e.Sum
	}
	return nil
}

func TestAnyFieldOfAnEntryThatIsChangedShows(t *testing.T) {
	if err := verify(aChain(t)); err != nil {
		t.Fatalf("the journal as written: %v", err)
	}
	for name, change := range map[string]func(*Entry){
		"its number":                        func(e *Entry) { e.Seq = 5 },
		"when it was":                       func(e *Entry) { e.At = e.At.Add(1e9) },
		"who did it":                        func(e *Entry) { e.By = "O-0009" },
		"what kind of processing it was":    func(e *Entry) { e.Logged = Consultation },
		"the action":                        func(e *Entry) { e.Action = "wanted.edit" },
		"the reason":                        func(e *Entry) { e.Reason = "" },
		"the recipients":                    func(e *Entry) { e.To = "nobody" },
		"the payload":                       func(e *Entry) { e.Payload[31] ^= 1 },
		"the entry before":                  func(e *Entry) { e.Prev[7] ^= 1 },
		"the sum":                           func(e *Entry) { e.Sum[7] ^= 1 },
		"what it takes back":                func(e *Entry) { e.Undoes = 2 },
		"a record it is about":              func(e *Entry) { e.About[0].Ref = "W-000002" },
		"a revision":                        func(e *Entry) { e.About[0].Rev++ },
		"the entry before on a record":      func(e *Entry) { e.About[1].Prev++ },
		"the sum of a record":               func(e *Entry) { e.About[1].Sum[3] ^= 1 },
		"the order of the records":          func(e *Entry) { e.About[0], e.About[1] = e.About[1], e.About[0] },
		"a record left out":                 func(e *Entry) { e.About = e.About[:1] },
		"a record put in":                   func(e *Entry) { e.About = append(e.About, Touched{}) },
		"a letter moved to the next field":  func(e *Entry) { e.Reason, e.To = "see", "n" },
		"a letter moved between two fields": func(e *Entry) { e.By, e.Logged = "O-0002a", "lteration" },
	} {
		t.Run(name, func(t *testing.T) {
			chain := aChain(t)
			change(&chain[1])
			if verify(chain) == nil {
				t.Error("the journal verifies")
			}
			if name != "the entry before" && name != "the sum" {
				if got := chain[1].Link(chain[0].Sum); got == aChain(t)[1].Sum {
					t.Error("the sum is the same")
				}
			}
		})
	}
}

func TestWhereAJournalIsBroken(t *testing.T) {
	for name, c := range map[string]struct {
		damage func([]Entry) []Entry
		says   string // "" when it verifies
	}{
		"as written":                        {func(c []Entry) []Entry { return c }, ""},
		"an entry taken out":                {func(c []Entry) []Entry { return append(c[:1:1], c[2]) }, "entry 2 is missing"},
		"an entry altered":                  {func(c []Entry) []Entry { c[1].Reason = "x"; return c }, "entry 2 has been altered"},
		"an entry altered and summed anew":  {func(c []Entry) []Entry { c[1].Reason = "x"; c[1].Sum = c[1].Link(c[0].Sum); return c }, "entry 3 does not follow"},
		"two entries exchanged":             {func(c []Entry) []Entry { c[1], c[2] = c[2], c[1]; return c }, "entry 2 is missing"},
		"an entry twice":                    {func(c []Entry) []Entry { return append(c[:2:2], c[1:]...) }, "entry 3 is missing"},
		"the last entries cut off verifies": {func(c []Entry) []Entry { return c[:2] }, ""}, // a checkpoint kept elsewhere finds it
	} {
		t.Run(name, func(t *testing.T) {
			err := verify(c.damage(aChain(t)))
			switch {
			case (err == nil) != (c.says == ""):
				t.Errorf("error %v, want %q", err, c.says)
			case err != nil && !strings.Contains(err.Error(), c.says):
				t.Errorf("it says %q, want %q", err, c.says)
			}
		})
	}
}

func FuzzChain(f *testing.F) {
	f.Add(uint8(0), "P-000001", "seen", uint64(3))
	f.Add(uint8(1), "", "", uint64(0))
	f.Fuzz(func(t *testing.T, which uint8, ref, reason string, n uint64) {
		chain := aChain(t)
		e := &chain[int(which)%len(chain)]
		was := *e
		e.Reason, e.Undoes = reason, n
		e.About = append([]Touched{{Ref: Ref(ref), Rev: n}}, e.About...)
		if verify(chain) == nil {
			t.Fatalf("%+v verifies in place of %+v", *e, was)
		}
	})
}

func TestADigestIsWrittenInHexadecimal(t *testing.T) {
	var d Digest
	d[0], d[31] = 0xab, 0x01
	text, err := d.MarshalText()
	if err != nil || string(text) != d.String() || !strings.HasPrefix(d.String(), "ab00") || !strings.HasSuffix(d.String(), "0001") || len(text) != 64 {
		t.Errorf("%s (%v)", text, err)
	}
}
