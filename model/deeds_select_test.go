package model

import "time"

func selectDeeds() []deed {
	weights := func(more given) given {
		out := given{"operation": "OP-1", "recency": "40", "frequency": "0", "gravity": "40", "victims": "20"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	review := func(more given) given {
		out := given{"target": "OP-1/1", "keep": "yes", "reason": "seen at the address on Monday"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	agree := func(more given) given {
		out := given{"target": "OP-1/1", "decision": "joint", "with": "SE", "contact": "O-3"}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	// P-3 is wanted by SW and by SE: SW lists them as OP-0001/003.
	listed := func(d *desk) {
		d.must("O-0001", "target.add", given{"operation": "OP-1", "wanted": "W-2", "reason": "Breach of an SPO"})
	}
	// SE lists them too, as OP-0003/001.
	listedTwice := func(d *desk) {
		listed(d)
		d.must("O-0001", "operation.create", given{"name": "SAMPLE East", "from": "2026-11-24", "to": "2026-11-30", "unit": "SE"})
		d.must("O-0001", "target.add", given{"operation": "OP-3", "wanted": "W-3", "reason": "Breach of an SPO"})
	}
	assign := given{"target": "OP-1/3", "officers": "O-2"}
	agreed := func(target, decision, with string) given {
		return given{"target": target, "decision": decision, "with": with, "contact": "O-3"}
	}
	return []deed{
		{name: "an operation scores by its own weights", action: "operation.weights", fields: weights(given{"window": "36"}), then: func(d *desk) {
			w, months := as[*Operation](d, "OP-0001").Weighing()
			if w != (Weights{Recency: 40, Gravity: 40, Victims: 20}) || months != 36 {
				d.Errorf("%+v over %d months", w, months)
			}
		}},
		{name: "the window stays when none is given", action: "operation.weights", fields: weights(nil), then: func(d *desk) {
			if _, months := as[*Operation](d, "OP-0001").Weighing(); months != DefaultWindowMonths {
				d.Errorf("%d months", months)
			}
		}},
		{name: "something has a weight", action: "operation.weights", fields: weights(given{"recency": "0", "gravity": "0", "victims": "0"}), refused: "recency"},
		{name: "none is above a hundred", action: "operation.weights", fields: weights(given{"gravity": "101"}), refused: "gravity"},
		{name: "every weight is said", action: "operation.weights", fields: weights(given{"victims": nil}), refused: "victims"},
		{name: "ten years back is the most", action: "operation.weights", fields: weights(given{"window": "121"}), refused: "window"},
		{name: "a closed operation is not weighed again", action: "operation.weights", fields: weights(given{"operation": "OP-2"}), refused: "operation"},
		{name: "a constable sets none", action: "operation.weights", who: "O-0002", fields: weights(nil), refused: "-", code: Denied},

		{name: "a supervisor keeps a target and says why", action: "target.review", who: "O-0003", fields: review(given{"review_by": "2026-12-20"}), states: map[Ref]string{"OP-0001/001": "on list"}, then: func(d *desk) {
			g := as[*Target](d, "OP-0001/001")
			if len(g.Reviews) != 1 || g.Reviews[0].By != "O-0003" || g.Reviews[0].Until != on(d, "2026-12-20") || g.ReviewBy != on(d, "2026-12-20") {
				d.Errorf("%+v", g)
			}
		}},
		{name: "for four weeks unless another day is given", action: "target.review", fields: review(nil), then: func(d *desk) {
			if g := as[*Target](d, "OP-0001/001"); g.ReviewBy != on(d, "2026-12-22") {
				d.Errorf("until %s", g.ReviewBy)
			}
		}},
		{name: "whoever listed them may keep them", action: "target.review", who: "O-0002", fields: review(given{"target": "OP-1/3"}), first: func(d *desk) {
			d.must("O-0002", "target.add", given{"operation": "OP-1", "person": "P-4", "reason": "x"})
		}},
		{name: "a constable who did not list them may not", action: "target.review", who: "O-0002", fields: review(nil), refused: "target", code: Denied},
		{name: "not to keep is to remove", action: "target.review", fields: review(given{"keep": "no"}), refused: "keep"},
		{name: "keeping takes a reason", action: "target.review", fields: review(given{"reason": nil}), refused: "reason"},
		{name: "the next review is not today", action: "target.review", fields: review(given{"review_by": "2026-11-24"}), refused: "review_by"},
		{name: "not one who left the list", action: "target.review", fields: review(given{"target": "OP-1/2"}), refused: "target"},

		{name: "what two units agree is on the target", action: "target.deconflict", who: "O-0002", fields: agree(given{"note": "they have the phone"}), then: func(d *desk) {
			g := as[*Target](d, "OP-0001/001")
			want := Deconfliction{Decision: DeconflictJoint, With: "SE", Contact: "O-0003", Note: "they have the phone", By: "O-0002", At: d.now}
			if len(g.Deconflictions) != 1 || g.Deconflictions[0] != want {
				d.Errorf("%+v", g.Deconflictions)
			}
		}},
		{name: "a unit does not agree with itself", action: "target.deconflict", fields: agree(given{"with": "SW"}), refused: "with"},
		{name: "nor an officer with themselves", action: "target.deconflict", fields: agree(given{"contact": "O-1"}), refused: "contact"},
		{name: "it is agreed with somebody who is still here", action: "target.deconflict", fields: agree(given{"contact": "O-9"}), refused: "contact"},
		{name: "it is one of four decisions", action: "target.deconflict", fields: agree(given{"decision": "toss a coin"}), refused: "decision"},
		{name: "not about one who left the list", action: "target.deconflict", fields: agree(given{"target": "OP-1/2"}), refused: "target"},

		{name: "nobody is sent while another unit wants the person and nothing is agreed", action: "target.assign", first: listed, fields: assign, refused: "officers"},
		{name: "nor sent in the same breath as they are listed", action: "target.add", fields: given{"operation": "OP-1", "wanted": "W-2", "reason": "x", "officers": "O-2"}, refused: "officers"},
		{name: "an agreement with the wrong unit is none", action: "target.assign", fields: assign, refused: "officers", first: func(d *desk) {
			listed(d)
			d.must("O-0001", "target.deconflict", agreed("OP-1/3", "owner", "NE"))
		}},
		{name: "once it is agreed who owns it officers are sent", action: "target.assign", fields: assign, first: func(d *desk) {
			listed(d)
			d.must("O-0001", "target.deconflict", agreed("OP-1/3", "owner", "SE"))
		}},
		{name: "what the other unit recorded counts too", action: "target.assign", fields: assign, first: func(d *desk) {
			listedTwice(d)
			d.must("O-0001", "target.deconflict", agreed("OP-3/1", "joint", "SW"))
		}},
		{name: "another unit's list alone is enough to ask", action: "target.assign", fields: assign, refused: "officers", first: func(d *desk) {
			listedTwice(d)
			d.must("O-0003", "wanted.withdraw", given{"wanted": "W-3", "reason": "one line is enough"})
		}},
		{name: "what was handed over is not tasked", action: "target.assign", fields: assign, refused: "officers", first: func(d *desk) {
			listed(d)
			d.must("O-0001", "target.deconflict", agreed("OP-1/3", "hand over", "SE"))
		}},
		{name: "what was handed to us is", action: "target.assign", fields: assign, first: func(d *desk) {
			listedTwice(d)
			d.must("O-0001", "target.deconflict", agreed("OP-3/1", "hand over", "SW"))
		}},
		{name: "the latest decision counts", action: "target.assign", fields: assign, first: func(d *desk) {
			listed(d)
			d.must("O-0001", "target.deconflict", agreed("OP-1/3", "hand over", "SE"))
			d.must("O-0001", "target.deconflict", agreed("OP-1/3", "assist", "SE"))
		}},
		{name: "even when the other unit recorded it", action: "target.assign", fields: given{"target": "OP-3/1", "officers": "O-2"}, first: func(d *desk) {
			listedTwice(d)
			d.must("O-0001", "target.deconflict", agreed("OP-3/1", "hand over", "SW"))
			d.now = d.now.Add(time.Hour)
			d.must("O-0001", "target.deconflict", agreed("OP-1/3", "hand over", "SE"))
		}},

		{name: "who does what is said as the person is listed", action: "target.add", fields: given{"operation": "OP-1", "wanted": "W-2", "reason": "x", "officers": "O-2", "decision": "joint", "with": "SE", "contact": "O-3", "agreed": "we go first"}, then: func(d *desk) {
			g := as[*Target](d, "OP-0001/003")
			if n := len(g.Deconflictions); n != 1 || g.Deconflictions[0].Decision != DeconflictJoint || g.Deconflictions[0].With != "SE" || g.Deconflictions[0].Contact != "O-0003" || g.Deconflictions[0].By != "O-0001" || g.Deconflictions[0].Note != "we go first" {
				d.Errorf("%+v", g.Deconflictions)
			}
		}},
		{name: "or that it is not agreed yet, with nobody named", action: "target.add", fields: given{"operation": "OP-1", "wanted": "W-2", "reason": "x", "decision": "later", "with": "SE"}},
		{name: "which tasks nobody", action: "target.add", fields: given{"operation": "OP-1", "wanted": "W-2", "reason": "x", "officers": "O-2", "decision": "later", "with": "SE"}, refused: "officers"},
		{name: "nor later", action: "target.assign", fields: assign, refused: "officers", first: func(d *desk) {
			d.must("O-0001", "target.add", given{"operation": "OP-1", "wanted": "W-2", "reason": "x", "decision": "later", "with": "SE"})
		}},
		{name: "until it is agreed", action: "target.assign", fields: assign, first: func(d *desk) {
			d.must("O-0001", "target.add", given{"operation": "OP-1", "wanted": "W-2", "reason": "x", "decision": "later", "with": "SE"})
			d.must("O-0001", "target.deconflict", agreed("OP-1/3", "joint", "SE"))
		}},
		{name: "an agreement is with somebody", action: "target.add", fields: given{"operation": "OP-1", "wanted": "W-2", "reason": "x", "decision": "joint", "with": "SE"}, refused: "contact"},
		{name: "and with another unit", action: "target.add", fields: given{"operation": "OP-1", "wanted": "W-2", "reason": "x", "decision": "later", "with": "SW"}, refused: "with"},
		{name: "which is named", action: "target.add", fields: given{"operation": "OP-1", "wanted": "W-2", "reason": "x", "decision": "later"}, refused: "with"},
		{name: "a unit named alone says nothing", action: "target.add", fields: given{"operation": "OP-1", "wanted": "W-2", "reason": "x", "with": "SE"}, refused: "decision"},
		{name: "whoever hands somebody over does not list them", action: "target.add", fields: given{"operation": "OP-1", "wanted": "W-2", "reason": "x", "decision": "hand over", "with": "SE", "contact": "O-3"}, refused: "decision"},
		{name: "what the officer saw of the proposal stays with the target", action: "target.add", fields: given{"operation": "OP-1", "person": "P-4", "reason": "x", "score": "61", "rank": "7", "override": "named by the victim-survivor's advocate"}, then: func(d *desk) {
			g := as[*Target](d, "OP-0001/003")
			if g.Score != 61 || g.Rank != 7 || g.AsOf != on(d, "2026-11-24") || g.Override == "" {
				d.Errorf("%+v", g)
			}
		}},
		{name: "a score is a number", action: "target.add", fields: given{"operation": "OP-1", "person": "P-4", "reason": "x", "score": "high"}, refused: "score"},
	}
}
