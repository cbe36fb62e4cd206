package model

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model/day"
)

// FieldType says what a field holds, and so how a form asks for it.
type FieldType string

// The types of field.
const (
	TypeText   FieldType = "text"
	TypeLong   FieldType = "long text"
	TypeChoice FieldType = "choice"
	TypeRef    FieldType = "reference"
	TypeDay    FieldType = "day"
	TypeTime   FieldType = "time"
	TypeNumber FieldType = "number"
	TypeYes    FieldType = "yes/no"
	TypeBorn   FieldType = "date of birth"
)

// Field is one field of an action. It is declared by struct tags on the action:
//
//	do:"name" label:"Label" kinds:"P,W" opts:"need,fold,long,hide" help:"..." default:"now|me|unit|today+7|text"
type Field struct {
	Name    string    `json:"name"`
	Label   string    `json:"label"`
	Help    string    `json:"help,omitempty"`
	Type    FieldType `json:"type"`
	Kinds   []Kind    `json:"kinds,omitempty"` // for a reference: the kinds it may name
	Choices []Choice  `json:"choices,omitempty"`
	Need    bool      `json:"need,omitempty"`
	Fold    bool      `json:"fold,omitempty"` // shown only when the form is unfolded
	Many    bool      `json:"many,omitempty"`
	Hide    bool      `json:"hide,omitempty"` // need-to-know: what was typed is not shown in the journal
	Default string    `json:"default,omitempty"`

	index int
}

// fieldsOf reads an action's fields from its tags.
func fieldsOf(action any) []Field {
	t := reflect.TypeOf(action).Elem()
	var out []Field
	for i := range t.NumField() {
		f := t.Field(i)
		name, ok := f.Tag.Lookup("do")
		if !ok {
			continue
		}
		opts := f.Tag.Get("opts")
		fd := Field{
			Name: name, Label: f.Tag.Get("label"), Help: f.Tag.Get("help"), Default: f.Tag.Get("default"),
			Need: strings.Contains(opts, "need"), Fold: strings.Contains(opts, "fold"), Hide: strings.Contains(opts, "hide"), index: i,
		}
		for k := range strings.SplitSeq(f.Tag.Get("kinds"), ",") {
			if k != "" {
				fd.Kinds = append(fd.Kinds, Kind(k))
			}
		}
		typ := f.Type
		if typ.Kind() == reflect.Slice {
			fd.Many, typ = true, typ.Elem()
		}
		fd.Type, fd.Choices = fieldType(typ, strings.Contains(opts, "long"))
		out = append(out, fd)
	}
	return out
}

func fieldType(t reflect.Type, long bool) (FieldType, []Choice) {
	zero := reflect.Zero(t).Interface()
	if closed, ok := zero.(Closed); ok {
		return TypeChoice, closed.Choices()
	}
	switch zero.(type) {
	case Ref:
		return TypeRef, nil
	case day.Date:
		return TypeDay, nil
	case day.Born:
		return TypeBorn, nil
	case time.Time:
		return TypeTime, nil
	case bool:
		return TypeYes, nil
	case int, uint64:
		return TypeNumber, nil
	}
	if long {
		return TypeLong, nil
	}
	return TypeText, nil
}

// decode fills an action from a request's fields, refusing the first that is unknown, missing or unreadable.
func decode(s Spec, fields map[string]any, into Action) error {
	for _, name := range slices.Sorted(maps.Keys(fields)) { // in order, so that the same request gets the same refusal
		if _, ok := s.Field(name); !ok && name != "rev" {
			return Refuse(name, s.Name+" has no field "+strconv.Quote(name), "Its fields are: "+s.fieldNames())
		}
	}
	v := reflect.ValueOf(into).Elem()
	for _, f := range s.Fields {
		given, err := f.texts(fields[f.Name])
		if err != nil {
			return err
		}
		if len(given) == 0 {
			if f.Need {
				return Refuse(f.Name, f.Label+" is needed to "+lowerFirst(s.Title), f.ask())
			}
			continue
		}
		if err := f.set(v.Field(f.index), given); err != nil {
			return err
		}
	}
	return nil
}

// texts is a field's value as the words an officer could have typed: one, or several for a field that takes many.
func (f Field) texts(raw any) ([]string, error) {
	switch v := raw.(type) {
	case nil:
		return nil, nil
	case []any:
		var out []string
		for _, x := range v {
			if _, nested := x.([]any); nested {
				return nil, Refuse(f.Name, f.Label+" is a list of plain values, not of lists", f.ask())
			}
			more, err := f.texts(x)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
		return out, nil
	case []string:
		return trimAll(v), nil
	case string:
		if f.Many {
			return trimAll(strings.FieldsFunc(v, f.splits)), nil
		}
		return trimAll([]string{v}), nil
	case bool:
		return []string{strconv.FormatBool(v)}, nil
	case float64:
		return []string{strconv.FormatFloat(v, 'f', -1, 64)}, nil
	case int, int64, uint64, uint, int32, uint32:
		return []string{fmt.Sprint(v)}, nil
	}
	return nil, Refuse(f.Name, f.Label+" is a plain value, not an object", f.ask())
}

// splits separates several values typed into one field: free text by line, the rest also by comma or semicolon.
func (f Field) splits(r rune) bool {
	if f.Type == TypeText || f.Type == TypeLong {
		return r == '\n'
	}
	return r == '\n' || r == ',' || r == ';'
}

func trimAll(in []string) []string {
	var out []string
	for _, s := range in {
		// A store keeps text, and bytes that are not text could never be read back (docs/faults.md 1).
		if s = strings.TrimSpace(strings.ToValidUTF8(s, "\uFFFD")); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (f Field) set(v reflect.Value, given []string) error {
	if !f.Many {
		if len(given) > 1 {
			return Refuse(f.Name, f.Label+" takes one value", "Give one of the "+strconv.Itoa(len(given)))
		}
		return f.setOne(v, given[0])
	}
	list := reflect.MakeSlice(v.Type(), len(given), len(given))
	for i, s := range given {
		if err := f.setOne(list.Index(i), s); err != nil {
			return err
		}
	}
	v.Set(list)
	return nil
}

func (f Field) setOne(v reflect.Value, s string) error {
	switch f.Type {
	case TypeText, TypeLong:
		v.SetString(s)
	case TypeChoice:
		val, ok := pick(f.Choices, s)
		if !ok {
			return Refuse(f.Name, strconv.Quote(s)+" is not one of the choices for "+f.Label, f.ask())
		}
		v.SetString(val)
	case TypeRef:
		ref, ok := ParseRef(s)
		if !ok || !f.takes(ref.Kind()) {
			return Refuse(f.Name, strconv.Quote(s)+" is not a reference to "+f.kindWords(), f.ask())
		}
		v.SetString(string(ref))
	case TypeDay:
		d, err := day.Parse(s)
		if err != nil {
			return Refuse(f.Name, err.Error(), f.ask())
		}
		v.Set(reflect.ValueOf(d))
	case TypeBorn:
		b, err := day.ParseBorn(s)
		if err != nil {
			return Refuse(f.Name, err.Error(), f.ask())
		}
		v.Set(reflect.ValueOf(b))
	case TypeTime:
		t, err := ParseTime(s)
		if err != nil {
			return Refuse(f.Name, err.Error(), f.ask())
		}
		v.Set(reflect.ValueOf(t))
	case TypeNumber:
		n, err := strconv.ParseUint(s, 10, 31)
		if err != nil {
			return Refuse(f.Name, strconv.Quote(s)+" is not a whole number", f.ask())
		}
		if v.CanUint() {
			v.SetUint(n)
		} else {
			v.SetInt(int64(n))
		}
	case TypeYes:
		yes, ok := parseYes(s)
		if !ok {
			return Refuse(f.Name, strconv.Quote(s)+" is neither yes nor no", "Enter yes or no")
		}
		v.SetBool(yes)
	}
	return nil
}

func (f Field) takes(k Kind) bool {
	for _, want := range f.Kinds {
		if want == k {
			return true
		}
	}
	return len(f.Kinds) == 0
}

func (f Field) kindWords() string {
	words := make([]string, len(f.Kinds))
	for i, k := range f.Kinds {
		words[i] = k.Word()
	}
	return "a record of kind " + strings.Join(words, " or ")
}

// ask says what to enter, by the field's type.
func (f Field) ask() string {
	if f.Help != "" {
		return f.Help
	}
	switch f.Type {
	case TypeChoice:
		return "Choose one: " + valuesOf(f.Choices)
	case TypeRef:
		if len(f.Kinds) == 0 {
			return "Give a reference such as P-000482"
		}
		return "Give a reference such as " + exampleRef(f.Kinds[0])
	case TypeDay:
		return "Enter a day such as 1 Dec 2026, 2026-12-01, tomorrow or +7"
	case TypeTime:
		return "Enter a time such as 05:40 or 2026-12-01 05:40"
	case TypeBorn:
		return "Enter a date such as 3 Dec 1984, Dec 1984 or 1984"
	case TypeNumber:
		return "Enter a whole number"
	case TypeYes:
		return "Enter yes or no"
	case TypeText, TypeLong:
	}
	return "Enter " + lowerFirst(f.Label)
}

func exampleRef(k Kind) string {
	if k == KindTarget {
		return string(NewTargetRef(NewRef(KindOperation, 1), 12))
	}
	return string(NewRef(k, 123))
}

func parseYes(s string) (yes, ok bool) {
	switch strings.ToLower(s) {
	case "y", "yes", "true", "1":
		return true, true
	case "n", "no", "false", "0":
		return false, true
	}
	return false, false
}

// ParseTime reads a moment: RFC 3339, or a London day and time as 2026-12-01 05:40.
func ParseTime(s string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.Truncate(time.Second), nil
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2 Jan 2006 15:04", "02/01/2006 15:04"} {
		if t, err := time.ParseInLocation(layout, s, day.London()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a time", s)
}

// ResolveTime lets an officer write a time the short way: "05:40" is the latest one not after now, "now" is now.
func ResolveTime(s string, now time.Time) string {
	s = strings.TrimSpace(s)
	if strings.EqualFold(s, "now") {
		return now.Format(time.RFC3339)
	}
	clock, err := time.Parse("15:04", s)
	if err != nil {
		return s
	}
	local := now.In(day.London())
	at := time.Date(local.Year(), local.Month(), local.Day(), clock.Hour(), clock.Minute(), 0, 0, day.London())
	if first := at.Add(-time.Hour); at.After(now) && first.Format("15:04") == at.Format("15:04") {
		at = first // the clocks go back tonight, and this is the first time round
	}
	if at.After(now) {
		at = at.AddDate(0, 0, -1)
	}
	return at.Format(time.RFC3339)
}

// ResolveDay lets an officer write a day the short way: today, tomorrow, +7, or "1 Dec" for the next one. What it cannot
// read comes back as it was.
func ResolveDay(s string, today day.Date) string {
	s = strings.TrimSpace(s)
	switch strings.ToLower(s) {
	case "today":
		return today.String()
	case "tomorrow":
		return today.AddDays(1).String()
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(s, "+")); err == nil && strings.HasPrefix(s, "+") {
		return today.AddDays(n).String()
	}
	if _, err := day.Parse(s); err == nil {
		return s
	}
	d, err := day.Parse(s + " " + strconv.Itoa(today.Year()))
	if err != nil {
		return s
	}
	if d < today {
		d = d.AddYears(1)
	}
	return d.String()
}

func lowerFirst(s string) string {
	if s == "" || (len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z') {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
