package comms_test

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"pou/store/comms"
)

func TestAnyTimeWrittenInAnyFormIsReadAsThatTime(t *testing.T) {
	loc := london(t)
	r := rand.New(rand.NewPCG(7, 8))
	for range 20_000 {
		want := time.Unix(700_000_000+r.Int64N(3_000_000_000), 0).In(loc)
		if h := want.Hour(); h < 3 && (want.Month() == time.October || want.Month() == time.March) {
			continue // the nights have tests of their own
		}
		for _, form := range []string{
			"2006-01-02 15:04:05", "2006-01-02T15:04:05Z07:00", "02/01/2006 15:04:05", "2/1/2006 15:04:05", "02-Jan-2006 15:04:05", "Mon, 2 January 2006 15:04:05 -0700",
			"Jan 2, 2006 3:04:05 PM", "20060102150405", "02.01.2006 15:04:05", "2006/01/02 15:04:05", "02/01/2006 03:04:05 pm",
		} {
			text := want.Format(form)
			if got, ok := comms.Moment(text, false, loc); !ok || got != want.UnixMilli() {
				t.Fatalf("%s: %v, %v", text, time.UnixMilli(got).In(loc), ok)
			}
		}
		if got, ok := comms.Moment(want.Format("1/2/2006 15:04:05"), true, loc); !ok || got != want.UnixMilli() {
			t.Fatalf("%s with the month first: %d", want, got)
		}
		if got, ok := comms.Moment(strconv.FormatInt(want.UnixMilli(), 10), false, loc); !ok || got != want.UnixMilli() {
			t.Fatalf("%s as an epoch: %d", want, got)
		}
	}
}

func TestHandles(t *testing.T) {
	for in, want := range map[string]string{
		"07700 900123": "07700900123", "+44 (0)7700 900123": "07700900123", "00447700900123": "07700900123", "447700900123": "07700900123",
		"7700900123": "07700900123", "tel:+447700900123": "07700900123", "14107700900123": "07700900123", "447700900123.0": "07700900123",
		"+1 (212) 555-0100": "+12125550100", "@Bob": "@bob", "plate:ab12 cde": "plate:AB12CDE", "oyster:0123": "oyster:0123", "": "", "withheld": "",
		"447700900123@s.whatsapp.net": "07700900123",
	} {
		if got := comms.Handle(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func FuzzCells(f *testing.F) {
	for _, s := range []string{"2026-10-25 01:30:00", "31/12/99 1:02 pm", "1767603600", "46027.375", "51.5074° N", "-0,1278", "00:03:06", "3m 6s", "0.00034", "+44 (0)7700 900123", "Bob (07700 900123)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, us := range []bool{false, true} {
			if at, ok := comms.Moment(s, us, time.UTC); ok && (at < 600_000_000_000 || at > 4_200_000_000_000) {
				t.Errorf("%q is the time %d", s, at)
			}
		}
		if d, ok := comms.Degrees(s); ok {
			want, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
			if (d < -180e6 || d > 180e6) || err == nil && math.Abs(want*1e6-float64(d)) > 1 {
				t.Errorf("%q is %d millionths", s, d)
			}
		}
		if n, ok := comms.Seconds(s); ok {
			if want, err := strconv.ParseUint(s, 10, 32); err == nil && uint64(n) != want {
				t.Errorf("%q is %d seconds", s, n)
			}
		}
		if at, ok := comms.Clock(s); ok && (at < 0 || at >= 86_400_000) {
			t.Errorf("%q is the time of day %d", s, at)
		}
		if h := comms.Handle(s); strings.ContainsFunc(h, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Errorf("%q is the handle %q", s, h)
		}
	})
}
