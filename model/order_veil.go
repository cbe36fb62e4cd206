package model

import (
	"encoding/json"
	"reflect"
	"strings"
)

// veil hides whom the order protects from a reader who has not revealed it: a court's words often name them.
func (o *Order) veil(subject *Person) *veil {
	if subject == nil {
		subject = &Person{}
	}
	v := &veil{suspect: subject, own: map[string]bool{}, mine: newTerms()}
	for _, name := range append([]string{subject.Surname, subject.Forename}, aliasNames(subject)...) {
		v.owns(name)
	}
	for _, line := range strings.FieldsFunc(o.Protected, func(r rune) bool { return r == ';' || r == '\n' }) {
		v.mine.hideText(line)
		v.mine.hidePlaces(line)
	}
	return v
}

// MarshalJSON writes the order with whom it protects masked in every text of it.
func (o *Order) MarshalJSON() ([]byte, error) {
	type plain Order
	if o.Protected == "" {
		return json.Marshal((*plain)(o))
	}
	p := *o
	p.Watch = nil
	out := masked(reflect.ValueOf(p), o.veil(nil).mask).Interface().(Order) //nolint:forcetypeassert // the type it came with
	if o.Watch != nil {
		w := masked(reflect.ValueOf(*o.Watch), o.veil(nil).mask).Interface().(MonitorPlan) //nolint:forcetypeassert // the type it came with
		out.Watch = &w
	}
	return json.Marshal((*plain)(&out))
}

// Words are what a condition says on a screen: as made, with whom the order protects masked.
func (o *Order) Words(c Condition, subject *Person) string {
	if o.Protected == "" {
		return c.Text
	}
	return o.veil(subject).mask(c.Text)
}
