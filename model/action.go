package model

import (
	"slices"
	"strings"
	"sync"
)

// Action is one thing an officer does to the record. Its struct tags are its fields (see fields.go); Apply holds the
// rules and makes the change. Apply may be run twice for one request, so it reads, decides and puts, nothing else.
type Action interface {
	Apply(c *Change) error
}

// Spec is an action in the registry: what forms, the palette, `pou do`, the journal and docs/actions.md know of it.
type Spec struct {
	Name     string  `json:"action"`
	Title    string  `json:"title"`
	Help     string  `json:"help"`
	Roles    []Role  `json:"roles"`
	On       []Kind  `json:"on,omitempty"` // the kinds of record it can be started from
	Fields   []Field `json:"fields"`
	Weighty  bool    `json:"weighty,omitempty"` // carries the officer's name: a form without fields still asks once
	Internal bool    `json:"-"`                 // taken by the program for an officer (imports, the sample); not in palettes or `pou do`

	owned bool // only the unit that answers for its subject takes it, or a lead, or S-TAC; see [inScope]
	blind bool // names records its officer need not be able to see

	blank func() Action
}

// Request is an action as it arrives: from a form, a script or another program.
type Request struct {
	Action string         `json:"action" cbor:"1,keyasint"`
	Fields map[string]any `json:"fields,omitempty" cbor:"2,keyasint,omitempty"`
	Key    string         `json:"key,omitempty" cbor:"3,keyasint,omitempty"` // the same key twice makes one change
}

// Receipt is the answer to a request.
type Receipt struct {
	OK      bool      `json:"ok"`
	Seq     uint64    `json:"seq,omitempty"`
	Changed []Changed `json:"changed,omitempty"`
	Said    []string  `json:"said,omitempty"` // what to know of beside what was changed
	*Problem
	Current any            `json:"current,omitempty"` // on a conflict: the record as it is now
	Yours   map[string]any `json:"yours,omitempty"`   // on a conflict: what was asked
}

// Changed is a record an action changed, with its new revision.
type Changed struct {
	Ref Ref    `json:"ref" cbor:"1,keyasint"`
	Rev uint64 `json:"rev" cbor:"2,keyasint"`
}

// Actions is the registry: the one list of everything that can be done.
func Actions() []Spec { return slices.Clone(registry()) }

// registry is built once: reading the fields of every action's tags is not for every keystroke.
var registry = sync.OnceValue(func() []Spec { //nolint:gochecknoglobals // immutable after first use
	return slices.Concat(
		personActions(), wantedActions(), attemptActions(), arrestActions(), orderActions(), monitorActions(), checkActions(), breachActions(),
		operationActions(), selectActions(), planActions(), signoffActions(), debriefActions(), closeActions(), taskActions(), recallActions(),
		caseActions(), restrictActions(), erasureActions(), deviceActions(), datasetActions(), storyActions(), intelActions(), safeguardActions(), warrantActions(), survivorActions(), applicationActions(),
		screeningActions(), stacActions(), safeguardingActions(), youthActions(), engagementActions(),
		custodyActions(), bailActions(), evidenceActions(), limitActions(), officerActions(), keyActions(), undoActions(), loadActions(),
	)
})

// Find looks an action up by name.
func Find(name string) (Spec, bool) {
	all := registry()
	i := slices.IndexFunc(all, func(s Spec) bool { return s.Name == name })
	if i < 0 {
		return Spec{}, false
	}
	return all[i], true
}

// spec makes a registry row; the fields come from the struct's tags.
func spec[A any, P interface {
	*A
	Action
}](name, title, help string, roles []Role, on ...Kind,
) Spec {
	return Spec{
		Name: name, Title: title, Help: help, Roles: roles, On: on,
		Fields: fieldsOf(new(A)),
		blank:  func() Action { return P(new(A)) },
	}
}

// weighty marks an action that is given on purpose and carries the officer's name: a signature, a freeze, a closing.
func weighty(s Spec) Spec {
	s.Weighty = true
	return s
}

// Read makes the action a request asks for, or refuses with the field that is wrong.
func (s Spec) Read(fields map[string]any) (Action, error) {
	a := s.blank()
	if err := decode(s, fields, a); err != nil {
		return nil, err
	}
	return a, nil
}

// Field finds a field of the action by name.
func (s Spec) Field(name string) (Field, bool) {
	i := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return s.Fields[i], true
}

// Starts reports whether the action can be started from a record of kind k.
func (s Spec) Starts(k Kind) bool { return slices.Contains(s.On, k) }

// Edits reports whether the action overwrites what stands in its subject, so that a form says which revision it was based
// on. Actions that only add something, and those that many officers take at once, do not.
func (s Spec) Edits() bool {
	switch s.Name {
	case "marker.remove", "intel.regrade", "operation.weights", "case.charge", "case.close", "victim.plan", "victim.close", "evidence.close",
		"application.people", "application.terms", "application.views", "application.risk", "application.interim", "application.authorise", "application.result":
		return true
	}
	_, verb, _ := strings.Cut(s.Name, ".")
	switch verb {
	case "edit", "circulate", "eliminate", "withdraw", "locate", "decide", "status", "remove", "review", "deconflict", "assign", "plan", "start", "done",
		"cancel", "reprioritise", "extend", "warrant", "pause", "resume", "request", "receive", "serve", "execute", "return", "monitor", "notify", "discharge", "expiry", "leave", "serve-correct", "vary", "change-notified",
		"determined", "basis", "set", "end", "handover", "confirm", "accept", "cover", "escalate", "escalation-answer":
		return true
	}
	return false
}

// Prefills reports whether a form of the action starts from what is on record.
func (s Spec) Prefills() bool { return strings.HasSuffix(s.Name, ".edit") }

// Subject is the record a request acts on: the first it names of a kind the action starts from. A revision is of it.
func (s Spec) Subject(fields map[string]any) Ref {
	for _, f := range s.Fields {
		named, _ := f.texts(fields[f.Name])
		if f.Type != TypeRef || f.Many || len(named) == 0 {
			continue
		}
		if ref, ok := ParseRef(named[0]); ok && s.Starts(ref.Kind()) {
			return ref
		}
	}
	return ""
}

func (s Spec) fieldNames() string {
	names := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}
