package model

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"time"

	"pou/model/match"
)

// postcodeWithin finds a postcode typed into the address itself.
var postcodeWithin = regexp.MustCompile(`(?i)\b[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}\b`)

// veil hides those an application protects and its victims from every reader but the court.
func (a *Application) veil(subject *Person, people []*Person) *veil {
	if subject == nil {
		subject = &Person{}
	}
	v := &veil{suspect: subject, own: map[string]bool{}, mine: newTerms()}
	for _, name := range append([]string{subject.Surname, subject.Forename}, aliasNames(subject)...) {
		v.owns(name)
	}
	for _, who := range people {
		v.mine.hide(who, true)
	}
	for _, line := range append(append([]string{}, a.Protected...), a.Victims...) {
		v.mine.hideText(line)
		v.mine.hidePlaces(line)
	}
	return v
}

// hidePlaces hides the addresses, postcodes and numbers that stand in a line beside a name.
func (s *terms) hidePlaces(line string) {
	for _, part := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;/()\n", r) }) {
		part, codes := withoutPostcodes(part)
		for _, code := range codes {
			s.add(hiddenTerm{words: []string{code}, how: joined})
		}
		words := match.Tokens(part)
		switch {
		case len(words) == 0:
		case lastFigures(part) != "":
			s.add(hiddenTerm{words: []string{lastFigures(part)}, how: endingIn})
		case startsWithDigit(words[0]) && len(words) > 1:
			s.add(hiddenTerm{words: words})
		}
	}
}

// MarshalJSON writes the application with those it protects masked in every text of it.
func (a *Application) MarshalJSON() ([]byte, error) {
	type plain Application
	out := masked(reflect.ValueOf(*a), a.veil(nil, nil).mask).Interface().(Application) //nolint:forcetypeassert // the type it came with
	for i := range out.Conditions {
		m := &out.Conditions[i].Condition.Match
		m.People = nil
		for j := range m.Numbers {
			m.Numbers[j] = hiddenWords
		}
	}
	return json.Marshal((*plain)(&out))
}

// masked is a copy of a value with every text in it passed through fn. References and closed choices are not texts.
func masked(v reflect.Value, fn func(string) string) reflect.Value {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			return reflect.ValueOf(fn(v.String()))
		}
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.IsNil() {
			return v
		}
		out := reflect.New(v.Type()).Elem()
		if v.Kind() == reflect.Slice {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		}
		for i := range v.Len() {
			out.Index(i).Set(masked(v.Index(i), fn))
		}
		return out
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(masked(v.Elem(), fn))
		return out
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return v
		}
		out := reflect.New(v.Type()).Elem()
		out.Set(v)
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out.Field(i).Set(masked(v.Field(i), fn))
			}
		}
		return out
	default:
	}
	return v
}
