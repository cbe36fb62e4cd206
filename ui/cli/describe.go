package cli

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// words are the record in lines: what it says of itself, or else its fields.
func (p *page) words() []string {
	if p.facts == nil {
		return p.describe()
	}
	return factLines(p.facts)
}

func factLines(groups []model.Facts) []string {
	var out []string
	for _, group := range groups {
		out = append(out, part.Safe(group.Head))
		for _, f := range group.Rows {
			for i, line := range part.SafeLines(f.Text) {
				if i == 0 && f.Label != "" { // one without a label goes on where the last left off
					line = part.Safe(f.Label) + ": " + stripLetters(f.Strip) + line
				}
				out = append(out, "  "+line)
			}
		}
		if slices.ContainsFunc(group.Rows, func(f model.Fact) bool { return len(f.Strip) > 0 }) {
			out = append(out, "  Key: "+letterKey())
		}
	}
	return out
}

// stripLetters are the cells of a strip as letters, between bars so that the blank ones are seen.
func stripLetters(cells []model.Cell) string {
	if len(cells) == 0 {
		return ""
	}
	return "[" + model.Strip{Cells: cells}.Letters() + "] "
}

// letterKey says what the letters of a strip mean.
func letterKey() string {
	words := []string{}
	for _, s := range model.CellStates() {
		words = append(words, s.Letter()+" "+s.Word())
	}
	return strings.Join(words, ", ")
}

// describe writes a record's fields out, one a line, in the words of its own names; empty ones are left out.
func (p *page) describe() []string {
	v := reflect.ValueOf(p.Record).Elem()
	var out []string
	each(v, func(label string, f reflect.Value) {
		if f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.Struct {
			for i := range f.Len() {
				out = append(out, label+": "+p.parts(f.Index(i)))
			}
			return
		}
		if text := p.text(f); text != "" {
			for i, line := range part.SafeLines(text) {
				if i == 0 {
					line = label + ": " + line
				} else {
					line = "  " + line
				}
				out = append(out, line)
			}
		}
	})
	return out
}

// each visits the fields of a record that have something in them, by the name they have in JSON. What is not in JSON is
// not for lists: it is need-to-know.
func each(v reflect.Value, fn func(label string, f reflect.Value)) {
	for i := range v.NumField() {
		tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if tag == "" || tag == "-" || v.Field(i).IsZero() {
			continue
		}
		fn(strings.ReplaceAll(tag, "_", " "), v.Field(i))
	}
}

// parts is a value of several fields on one line.
func (p *page) parts(v reflect.Value) string {
	if _, plain := v.Interface().(fmt.Stringer); plain {
		return p.text(v)
	}
	var out []string
	each(v, func(label string, f reflect.Value) {
		switch text := p.text(f); {
		case text == "":
		case f.Kind() == reflect.Bool:
			out = append(out, label)
		case len(out) == 0 || label == "text": // it names the thing
			out = append(out, text)
		default:
			out = append(out, label+" "+text)
		}
	})
	return part.Safe(strings.Join(out, ", "))
}

func (p *page) text(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case model.Ref:
		return strings.TrimSpace(string(x) + " " + p.names[x])
	case time.Time:
		return day.Moment(x)
	case day.Date:
		return x.Long()
	case []byte, model.Digest:
		return "" // sums are for machines
	case model.Closed:
		return model.LabelOf(x.Choices(), v.String())
	case fmt.Stringer:
		return x.String()
	case bool:
		return "yes"
	}
	if v.Kind() == reflect.Slice {
		out := make([]string, v.Len())
		for i := range out {
			out[i] = p.text(v.Index(i))
		}
		return strings.Join(out, ", ")
	}
	if v.Kind() == reflect.Struct {
		return p.parts(v)
	}
	return fmt.Sprint(v.Interface())
}

// nameAll looks up what the records named in this one are called.
func (p *page) nameAll(r store.Reader, liner *model.Liner) {
	for _, ref := range refsIn(reflect.ValueOf(p.Record).Elem()) {
		p.name(ref, r, liner)
	}
	for _, d := range p.Dues {
		p.name(d.Owner, r, liner)
	}
}

func (p *page) name(ref model.Ref, r store.Reader, liner *model.Liner) {
	if _, known := p.names[ref]; known || ref == "" || ref == p.Ref {
		return
	}
	p.names[ref] = ""
	if ref.Kind() == model.KindOfficer {
		p.names[ref] = liner.Officer(ref)
	}
	if ref.Kind() == model.KindPerson {
		p.names[ref] = liner.Person(ref).Name()
	}
	if ref.Kind() != model.KindOperation {
		return
	}
	if rec, err := r.Record(ref); err == nil {
		p.names[ref] = liner.Line(rec).Name
	}
}

// refsIn finds the references anywhere in a record.
func refsIn(v reflect.Value) []model.Ref {
	if ref, ok := v.Interface().(model.Ref); ok {
		return []model.Ref{ref}
	}
	var out []model.Ref
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			out = append(out, refsIn(v.Index(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out = append(out, refsIn(v.Field(i))...)
			}
		}
	}
	return out
}
