package model

import (
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

// Public keys made for these tests; nobody holds the private halves.
const (
	keyOfBlake = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0krNUEQqQlw6tlCmzq3TFXvQ6xkZErgI05ITnB5bmf blake laptop"
	printBlake = "SHA256:wWyzorcLpjVrBV5mZkEOWwTGYO5xDakjnebM0i46+A0"
	keyOther   = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIApJ9ubPOBLgm/hUTlyUi8lz6G2iNTlpoeUlj6nqeDva other"
	printOther = "SHA256:W+4YhnJBauIoDcIE4c2wp8thzITSJyYp1E9BMzT9HTk"
	keyPhone   = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBGqw/Uing2xAgsN9E1NIp8KR6ua8K6/hTseQYC2GEvZ0pWxuitcefKadefuCD51klJt+Nce9w4Pu8D5yWPLmzpg= phone"
	printPhone = "SHA256:rvooJ7i5xiCyJOu679OHNrXKA9FKYEcOrqqd9hPISig"
	keyShort   = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC56bIMHOOMJpO/YXp57esWDhKLagN0yceR2MpsYxBO0ldb86EGimrDXS6JwlC7tjRsRLt8Z9MZX+F42mD1v5koGp5/75yBlH6Cy4/ISAedAkcYrL+LiSdx+t5ytMrIulm9Nd+Gu7/hC6djYR1U9wba3zQY5xBQnv4ryw6EppAgdw== short"
)

func keyDeeds() []deed {
	admin := Ref("O-0008")
	add := func(d *desk) { d.must(admin, "officer.key", given{"officer": "O-2", "key": keyOfBlake}) }
	return []deed{
		{name: "an administrator lets an officer in with a key, and its fingerprint is kept", action: "officer.key", who: admin, fields: given{"officer": "O-2", "key": keyOfBlake, "until": "2027-01-31"}, then: func(d *desk) {
			k, ok := as[*Officer](d, "O-0002").Key(printBlake)
			if !ok || k.Label != "blake laptop" || k.By != admin || k.Until != day.Of(2027, time.January, 31) || k.Added.IsZero() {
				d.Errorf("%+v", k)
			}
		}},
		{name: "an ECDSA key is taken too", action: "officer.key", who: admin, fields: given{"officer": "O-2", "key": keyPhone}, then: func(d *desk) {
			if _, ok := as[*Officer](d, "O-0002").Key(printPhone); !ok {
				d.Errorf("%+v", as[*Officer](d, "O-0002").Keys)
			}
		}},
		{name: "a sergeant lets nobody in", action: "officer.key", fields: given{"officer": "O-2", "key": keyOfBlake}, refused: "-", code: Denied},
		{name: "nobody lets themselves in with another key", action: "officer.key", who: "O-0002", fields: given{"officer": "O-2", "key": keyOfBlake}, refused: "-", code: Denied},
		{name: "a key is one officer's alone", action: "officer.key", who: admin, first: add, fields: given{"officer": "O-3", "key": keyOfBlake}, refused: "key"},
		{name: "a key is put on record once", action: "officer.key", who: admin, first: add, fields: given{"officer": "O-2", "key": keyOfBlake}, refused: "key"},
		{name: "a short RSA key is not taken", action: "officer.key", who: admin, fields: given{"officer": "O-2", "key": keyShort}, refused: "key"},
		{name: "a key cut short is not taken", action: "officer.key", who: admin, fields: given{"officer": "O-2", "key": keyOfBlake[:40]}, refused: "key"},
		{name: "a key that calls itself another type is not taken", action: "officer.key", who: admin, fields: given{"officer": "O-2", "key": strings.Replace(keyOfBlake, "ssh-ed25519", "ssh-dss", 1)}, refused: "key"},
		{name: "a word is no key", action: "officer.key", who: admin, fields: given{"officer": "O-2", "key": "hunter2"}, refused: "key"},
		{name: "a key whose last day is past is not taken", action: "officer.key", who: admin, fields: given{"officer": "O-2", "key": keyOfBlake, "until": "2026-01-31"}, refused: "until"},
		{name: "nobody who has left is let in", action: "officer.key", who: admin, fields: given{"officer": "O-9", "key": keyOfBlake}, refused: "officer"},

		{name: "an administrator revokes a key by the beginning of its fingerprint, for a reason", action: "officer.key-revoke", who: admin, first: add, fields: given{"officer": "O-2", "key": printBlake[:16], "reason": "laptop lost"}, then: func(d *desk) {
			o := as[*Officer](d, "O-0002")
			if k, ok := o.Key(printBlake); !ok || k.Revoked.IsZero() || k.RevokedBy != admin || o.SignsIn(printBlake, d.now) {
				d.Errorf("%+v", k)
			}
		}},
		{name: "an officer revokes their own", action: "officer.key-revoke", who: "O-0002", first: add, fields: given{"officer": "O-2", "key": "all", "reason": "laptop lost"}, then: func(d *desk) {
			if as[*Officer](d, "O-0002").SignsIn(printBlake, d.now) {
				d.Errorf("the key still opens")
			}
		}},
		{name: "nobody revokes another's", action: "officer.key-revoke", who: "O-0003", first: add, fields: given{"officer": "O-2", "key": "all", "reason": "x"}, refused: "officer", code: Denied},
		{name: "a fingerprint that fits two keys names neither", action: "officer.key-revoke", who: admin, first: func(d *desk) {
			add(d)
			d.must(admin, "officer.key", given{"officer": "O-2", "key": keyOther})
		}, fields: given{"officer": "O-2", "key": "SHA256:", "reason": "x"}, refused: "key", code: NotFound},
		{name: "a key that is not there", action: "officer.key-revoke", who: admin, fields: given{"officer": "O-2", "key": printBlake, "reason": "x"}, refused: "key", code: NotFound},
		{name: "a key is revoked once", action: "officer.key-revoke", who: admin, first: func(d *desk) {
			add(d)
			d.must(admin, "officer.key-revoke", given{"officer": "O-2", "key": "all", "reason": "x"})
		}, fields: given{"officer": "O-2", "key": "all", "reason": "x"}, refused: "key", code: NotFound},
		{name: "a revoked key never comes back", action: "officer.key", who: admin, first: func(d *desk) {
			add(d)
			d.must(admin, "officer.key-revoke", given{"officer": "O-2", "key": "all", "reason": "x"})
		}, fields: given{"officer": "O-2", "key": keyOfBlake}, refused: "key"},
		{name: "not by undo either", action: "undo", who: admin, first: func(d *desk) {
			add(d)
			d.must(admin, "officer.key-revoke", given{"officer": "O-2", "key": "all", "reason": "x"})
		}, fields: given{"seq": 2.0}, refused: "seq"},
		{name: "an administrator ends an officer's sessions, and the key opens all the same", action: "officer.end-sessions", who: admin, first: add, fields: given{"officer": "O-2", "reason": "left unattended"}, then: func(d *desk) {
			o := as[*Officer](d, "O-0002")
			if o.Ended.Count != 1 || o.Ended.By != admin || !o.Ended.At.Equal(d.now) || !o.SignsIn(printBlake, d.now) {
				d.Errorf("%+v", o)
			}
		}},
		{name: "nobody ends another's", action: "officer.end-sessions", who: "O-0002", fields: given{"officer": "O-1", "reason": "x"}, refused: "officer", code: Denied},
		{name: "an officer ends their own", action: "officer.end-sessions", who: "O-0002", fields: given{"officer": "O-2", "reason": "forgot to log off"}},
		{name: "ending sessions has a reason", action: "officer.end-sessions", who: admin, fields: given{"officer": "O-2"}, refused: "reason"},
		{name: "who has left has none", action: "officer.end-sessions", who: admin, fields: given{"officer": "O-9", "reason": "x"}, refused: "officer"},
		{name: "sessions that were ended do not open again by undo", action: "undo", who: admin, first: func(d *desk) {
			d.must(admin, "officer.end-sessions", given{"officer": "O-2", "reason": "x"})
		}, fields: given{}, refused: "seq"},
		{name: "revoking has a reason", action: "officer.key-revoke", who: admin, first: add, fields: given{"officer": "O-2", "key": "all"}, refused: "reason"},
	}
}

func TestWhenAKeyOpens(t *testing.T) {
	noon := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		key  Key
		left bool
		at   time.Time
		want bool
	}{
		"a key opens":                               {Key{Print: "SHA256:a"}, false, noon, true},
		"not one that was revoked":                  {Key{Print: "SHA256:a", Revoked: noon.Add(-time.Hour)}, false, noon, false},
		"not when the officer has left":             {Key{Print: "SHA256:a"}, true, noon, false},
		"another key opens nothing":                 {Key{Print: "SHA256:b"}, false, noon, false},
		"on its last day it opens":                  {Key{Print: "SHA256:a", Until: day.Of(2026, 12, 1)}, false, noon, true},
		"until midnight in London":                  {Key{Print: "SHA256:a", Until: day.Of(2026, 12, 1)}, false, time.Date(2026, 12, 1, 23, 59, 0, 0, time.UTC), true},
		"and not the day after":                     {Key{Print: "SHA256:a", Until: day.Of(2026, 12, 1)}, false, time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC), false},
		"in summer the day ends by the clocks here": {Key{Print: "SHA256:a", Until: day.Of(2026, 7, 1)}, false, time.Date(2026, 7, 1, 23, 0, 0, 0, time.UTC), false},
	} {
		t.Run(name, func(t *testing.T) {
			o := &Officer{Name: "BLAKE", Roles: []Role{RoleOfficer}, Left: c.left, Keys: []Key{c.key}}
			if got := o.SignsIn("SHA256:a", c.at); got != c.want {
				t.Errorf("opens: %v, want %v", got, c.want)
			}
		})
	}
}
