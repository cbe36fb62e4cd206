package model

import (
	"errors"
	"strings"
)

// Code sorts refusals by what a caller does about them.
type Code string

// The codes of a refusal, as receipts carry them.
const (
	Invalid  Code = "invalid"   // a field or a rule: correct it
	Conflict Code = "conflict"  // somebody changed the record meanwhile: look again
	Denied   Code = "denied"    // not this officer's to do
	NotFound Code = "not_found" // no such record
	Busy     Code = "busy"      // the store cannot take it now: try again
)

// Problem is a refusal as an officer reads it: which field, which rule (with its source), and what to do next.
type Problem struct {
	Code  Code   `json:"code"`
	Field string `json:"field,omitempty"`
	Rule  string `json:"rule"`
	Do    string `json:"do,omitempty"`
}

// Error joins the parts into one sentence or two.
func (p *Problem) Error() string {
	var b strings.Builder
	if p.Field != "" {
		b.WriteString(p.Field + ": ")
	}
	b.WriteString(p.Rule)
	if p.Do != "" {
		b.WriteString(". " + p.Do)
	}
	return b.String()
}

// Refuse makes a refusal about a field.
func Refuse(field, rule, do string) *Problem {
	return &Problem{Code: Invalid, Field: field, Rule: rule, Do: do}
}

// AsProblem finds the refusal in err, if there is one.
func AsProblem(err error) (*Problem, bool) {
	var p *Problem
	ok := errors.As(err, &p)
	return p, ok
}

func notFound(field string, ref Ref) *Problem {
	return &Problem{
		Code: NotFound, Field: field, Rule: "there is no " + ref.Kind().Word() + " " + string(ref),
		Do: "Check the reference, or find the record by name",
	}
}
