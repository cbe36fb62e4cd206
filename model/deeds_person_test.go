package model

import "slices"

func personDeeds() []deed {
	return []deed{
		{
			name: "a surname is enough", action: "person.add", who: "O-0002", fields: given{"surname": "Ferreira"},
			then: func(d *desk) {
				if p := as[*Person](d, "P-000008"); p.Name() != "FERREIRA" || len(p.Addresses) != 0 {
					d.Errorf("%+v", p)
				}
			},
		},
		{
			name: "an address and a phone given at once are unconfirmed, by whoever gave them", action: "person.add", who: "O-0002",
			fields: given{"surname": "Ferreira", "forename": "Ana", "born": "Dec 1984", "address": "1 High Street", "phone": "020 7946 0000", "pnc": "84/1A", "unit": "SE"},
			then: func(d *desk) {
				p := as[*Person](d, "P-000008")
				if p.Addresses[0].Confidence != Unconfirmed || p.Phones[0].Attribution != Unconfirmed || p.Addresses[0].Source != "PC Blake" || p.OwnerUnit != "SE" {
					d.Errorf("%+v", p)
				}
				if p.IDs[0] != (Identifier{"PNC", "84/1A"}) || p.Born.String() != "Dec 1984" {
					d.Errorf("%+v", p)
				}
			},
		},
		{name: "a person needs a name", action: "person.add", fields: given{"forename": "Ana"}, refused: "surname"},
		{name: "a name of spaces is no name", action: "person.add", fields: given{"surname": "  "}, refused: "surname"},
		{name: "a day of birth that never was", action: "person.add", fields: given{"surname": "Ferreira", "born": "30 Feb 1984"}, refused: "born"},
		{name: "the City of London is not the Met", action: "person.add", fields: given{"surname": "Ferreira", "unit": "City"}, refused: "unit"},
		{name: "S-TAC does not add people", action: "person.add", who: "O-0006", fields: given{"surname": "Ferreira"}, refused: "-", code: Denied},
		{name: "an officer who has left adds nobody", action: "person.add", who: "O-0009", fields: given{"surname": "Ferreira"}, refused: "-", code: Denied},
		{name: "nobody signed in adds nobody", action: "person.add", who: "O-0404", fields: given{"surname": "Ferreira"}, refused: "-", code: Denied},

		{
			name: "empty fields stay as they are", action: "person.edit", fields: given{"person": "P-1", "forename": "Mikolas", "rso_until": "2027-03-10"},
			then: func(d *desk) {
				if p := as[*Person](d, "P-000001"); p.Surname != "Kovács" || p.Forename != "Mikolas" || p.RSOUntil != on(d, "2027-03-10") || len(p.Markers) != 2 {
					d.Errorf("%+v", p)
				}
			},
		},
		{
			name: "every date and unit can be corrected", action: "person.edit",
			fields: given{"person": "P-2", "born": "1984", "unit": "SE", "home_unit": "NA", "photo": "IMG 1", "photo_taken": "2026-01-02", "nationality": "British"},
			then: func(d *desk) {
				if p := as[*Person](d, "P-000002"); p.Born.String() != "1984" || p.OwnerUnit != "SE" || p.HomeUnit != "NA" || p.PhotoTaken != on(d, "2026-01-02") {
					d.Errorf("%+v", p)
				}
			},
		},
		{name: "nobody is edited who is not on record", action: "person.edit", fields: given{"person": "P-99"}, refused: "person", code: NotFound},
		{name: "an order is not a person", action: "person.edit", fields: given{"person": "R-1"}, refused: "person"},

		{
			name: "another name is kept with its source", action: "alias.add", fields: given{"person": "P-1", "name": "MIKI, K", "source": "intel"},
			then: func(d *desk) {
				if p := as[*Person](d, "P-000001"); len(p.Aliases) != 2 || p.Aliases[1] != (Alias{Name: "MIKI, K", Source: "intel", Noted: on(d, "2026-11-24")}) {
					d.Errorf("%+v", p.Aliases)
				}
			},
		},
		{name: "the same alias twice", action: "alias.add", fields: given{"person": "P-1", "name": "MICKY"}, refused: "name"},
		{name: "the person's own name", action: "alias.add", fields: given{"person": "P-2", "name": "lowe, dean"}, refused: "name"},
		{name: "an alias without a name", action: "alias.add", fields: given{"person": "P-2"}, refused: "name"},
		{name: "an alias for nobody", action: "alias.add", fields: given{"person": "P-99", "name": "X"}, refused: "person", code: NotFound},

		{
			name: "an address keeps how sure it is and when it was last true", action: "address.add",
			fields: given{"person": "P-1", "address": "9 Rose Way", "postcode": "sw19 1aa", "confidence": "confirmed", "confirmed": "2026-11-23", "type": "work"},
			then: func(d *desk) {
				a := as[*Person](d, "P-000001").Addresses[0]
				if a.Postcode != "SW19 1AA" || a.Confidence != Confirmed || a.Type != "work" || a.Confirmed != on(d, "2026-11-23") {
					d.Errorf("%+v", a)
				}
			},
		},
		{name: "an address confirmed today", action: "address.add", fields: given{"person": "P-1", "address": "9 Rose Way", "confirmed": "2026-11-24"}},
		{name: "an address confirmed tomorrow", action: "address.add", fields: given{"person": "P-1", "address": "9 Rose Way", "confirmed": "2026-11-25"}, refused: "confirmed"},
		{name: "an address without words", action: "address.add", fields: given{"person": "P-1"}, refused: "address"},
		{name: "an address of a kind nobody knows", action: "address.add", fields: given{"person": "P-1", "address": "9 Rose Way", "type": "castle"}, refused: "type"},
		{name: "an address for nobody", action: "address.add", fields: given{"person": "P-99", "address": "9 Rose Way"}, refused: "person", code: NotFound},

		{name: "a number is kept as dialled", action: "phone.add", fields: given{"person": "P-1", "number": "+44 7700 900123", "attribution": "probable"}, then: func(d *desk) {
			if ph := as[*Person](d, "P-000001").Phones[0]; ph.Number != "+44 7700 900123" || ph.Attribution != Probable {
				d.Errorf("%+v", ph)
			}
		}},
		{name: "999 is a number", action: "phone.add", fields: given{"person": "P-1", "number": "999"}},
		{name: "a number of two digits is none", action: "phone.add", fields: given{"person": "P-1", "number": "call 07"}, refused: "number"},
		{name: "a phone for nobody", action: "phone.add", fields: given{"person": "P-99", "number": "07700900123"}, refused: "person", code: NotFound},

		{name: "a plate is kept without spaces", action: "vehicle.add", fields: given{"person": "P-1", "plate": "ab12 cde"}, then: func(d *desk) {
			if v := as[*Person](d, "P-000001").Vehicles[0]; v.Plate != "AB12CDE" {
				d.Errorf("%+v", v)
			}
		}},
		{name: "a vehicle without a plate", action: "vehicle.add", fields: given{"person": "P-1", "make": "Ford"}, refused: "plate"},
		{name: "a vehicle for nobody", action: "vehicle.add", fields: given{"person": "P-99", "plate": "AB12CDE"}, refused: "person", code: NotFound},

		{name: "a marker has a source and dates from today", action: "marker.add", fields: given{"person": "P-2", "code": "we", "source": "PNC"}, then: func(d *desk) {
			if m := as[*Person](d, "P-000002").Markers[0]; m.Code != "WE" || m.Set != on(d, "2026-11-24") {
				d.Errorf("%+v", m)
			}
		}},
		{name: "the same marker again renews it", action: "marker.add", fields: given{"person": "P-1", "code": "VI", "source": "custody"}, then: func(d *desk) {
			if ms := as[*Person](d, "P-000001").Markers; len(ms) != 2 || ms[0].Source != "custody" || ms[0].Set != on(d, "2026-11-24") {
				d.Errorf("%+v", ms)
			}
		}},
		{name: "a marker without a source", action: "marker.add", fields: given{"person": "P-2", "code": "WE"}, refused: "source"},
		{name: "a marker nobody knows", action: "marker.add", fields: given{"person": "P-2", "code": "ZZ", "source": "PNC"}, refused: "code"},
		{name: "a marker of tomorrow", action: "marker.add", fields: given{"person": "P-2", "code": "WE", "source": "PNC", "set": "2026-11-25"}, refused: "set"},
		{name: "a marker for nobody", action: "marker.add", fields: given{"person": "P-99", "code": "WE", "source": "PNC"}, refused: "person", code: NotFound},

		{name: "a sergeant takes a marker off, with the reason", action: "marker.remove", fields: given{"person": "P-1", "code": "MN", "reason": "reviewed"}, then: func(d *desk) {
			if ms := as[*Person](d, "P-000001").Markers; slices.ContainsFunc(ms, func(m Marker) bool { return m.Code == "MN" }) {
				d.Errorf("%+v", ms)
			}
		}},
		{name: "a marker that is not there", action: "marker.remove", fields: given{"person": "P-1", "code": "FI", "reason": "reviewed"}, refused: "code"},
		{name: "a marker comes off for a reason", action: "marker.remove", fields: given{"person": "P-1", "code": "MN"}, refused: "reason"},
		{name: "a constable takes no marker off", action: "marker.remove", who: "O-0002", fields: given{"person": "P-1", "code": "MN", "reason": "x"}, refused: "-", code: Denied},
		{name: "a marker of nobody", action: "marker.remove", fields: given{"person": "P-99", "code": "MN", "reason": "x"}, refused: "person", code: NotFound},
	}
}

func officerDeeds() []deed {
	admin := Ref("O-0008")
	return []deed{
		{name: "an administrator adds an officer with roles", action: "officer.add", who: admin, fields: given{"name": "JONES", "roles": "officer, sergeant", "unit": "SE"}, then: func(d *desk) {
			if o := as[*Officer](d, "O-0010"); !o.Supervises() || o.Unit != "SE" {
				d.Errorf("%+v", o)
			}
		}},
		{name: "an officer needs a name", action: "officer.add", who: admin, fields: given{"roles": "officer"}, refused: "name"},
		{name: "an officer needs a role", action: "officer.add", who: admin, fields: given{"name": "JONES"}, refused: "roles"},
		{name: "a role nobody knows", action: "officer.add", who: admin, fields: given{"name": "JONES", "roles": "officer,king"}, refused: "roles"},
		{name: "a sergeant adds no officers", action: "officer.add", fields: given{"name": "JONES", "roles": "officer"}, refused: "-", code: Denied},

		{name: "an administrator changes roles", action: "officer.edit", who: admin, fields: given{"officer": "O-2", "roles": []any{"sergeant"}, "rank": "PS", "unit": "SE"}, then: func(d *desk) {
			if o := as[*Officer](d, "O-0002"); !o.Supervises() || o.Rank != "PS" || o.Name != "BLAKE" || o.Unit != "SE" {
				d.Errorf("%+v", o)
			}
		}},
		{name: "a login is taken away", action: "officer.edit", who: admin, first: func(d *desk) {
			d.must(admin, "officer.edit", given{"officer": "O-2", "login": "blake"})
		}, fields: given{"officer": "O-2", "no_login": "yes"}, then: func(d *desk) {
			if o := as[*Officer](d, "O-0002"); o.Login != "" || o.Left {
				d.Errorf("%+v", o)
			}
		}},
		{name: "a login is not given and taken away at once", action: "officer.edit", who: admin, fields: given{"officer": "O-2", "login": "blake", "no_login": "yes"}, refused: "no_login"},
		{name: "an officer who is not on record", action: "officer.edit", who: admin, fields: given{"officer": "O-99"}, refused: "officer", code: NotFound},
		{name: "nobody gives away their own access", action: "officer.edit", who: admin, fields: given{"officer": "O-8", "roles": "officer"}, refused: "roles"},
		{name: "nobody edits an officer without the role", action: "officer.edit", who: "O-0003", fields: given{"officer": "O-2"}, refused: "-", code: Denied},

		{name: "an officer who leaves may do nothing and can no longer sign in", action: "officer.leave", who: admin, fields: given{"officer": "O-2", "reason": "retired"}, then: func(d *desk) {
			if o := as[*Officer](d, "O-0002"); !o.Left || o.Login != "" || o.Has(RoleOfficer) {
				d.Errorf("%+v", o)
			}
		}},
		{name: "nobody takes their own access away", action: "officer.leave", who: admin, fields: given{"officer": "O-8", "reason": "tired"}, refused: "officer"},
		{name: "nobody leaves twice", action: "officer.leave", who: admin, fields: given{"officer": "O-9", "reason": "gone"}, refused: "officer"},
		{name: "leaving has a reason", action: "officer.leave", who: admin, fields: given{"officer": "O-2"}, refused: "reason"},
	}
}
