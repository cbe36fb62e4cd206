package proof

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// tale is an operation told on one store: who acts says so with --as, and the clock is moved on between the steps.
type tale struct {
	*home
	now time.Time
	op  string // the operation it is about

	done []string // the actions that were done, in turn: what the journal must have, and nothing else
}

// at moves the clock on to a time; it never goes back.
func (s *tale) at(clock string) {
	s.tb.Helper()
	t, err := time.Parse(time.RFC3339, clock)
	if err != nil || t.Before(s.now) {
		s.tb.Fatalf("the clock goes on from %s, not to %s: %v", s.now, clock, err)
	}
	s.now = t
}

// pou runs a command as an officer, a minute after the last.
func (s *tale) pou(who, stdin string, args ...string) said {
	s.tb.Helper()
	s.now = s.now.Add(time.Minute)
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	cmd := exec.CommandContext(ctx, binary(s.tb), append([]string{"--as", who, "--now", s.now.Format(time.RFC3339)}, args...)...)
	cmd.Env, cmd.Stdin = s.env(), strings.NewReader(stdin)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		s.tb.Fatalf("pou %s: %v", strings.Join(args, " "), err)
	}
	return said{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// told runs a command and holds it to its exit code and to the words an officer reads; it returns the answer.
func (s *tale) told(who string, code int, words []string, args ...string) string {
	s.tb.Helper()
	a := s.pou(who, "", args...)
	both := a.out + a.err
	if a.code != code || !hasAll(both, words) {
		s.tb.Fatalf("%s: pou %s: exit %d, not %d, or it does not say all of %q:\n%s", who, strings.Join(args, " "), a.code, code, words, both)
	}
	return a.out
}

// reads runs a command that must succeed and say some words.
func (s *tale) reads(who string, words []string, args ...string) string {
	s.tb.Helper()
	return s.told(who, 0, words, args...)
}

// receipt is the answer to one action.
type receipt struct {
	OK      bool   `json:"ok"`
	Code    string `json:"code"`
	Field   string `json:"field"`
	Rule    string `json:"rule"`
	Do      string `json:"do"`
	Changed []struct {
		Ref string `json:"ref"`
	} `json:"changed"`
}

// ref is the first record of a kind that was changed, such as "OP-".
func (r *receipt) ref(prefix string) string {
	for _, c := range r.Changed {
		if strings.HasPrefix(c.Ref, prefix) {
			return c.Ref
		}
	}
	return ""
}

// fields are those of an action.
type fields map[string]any

func (s *tale) act(who, action string, f fields) (receipt, said) {
	s.tb.Helper()
	line, err := json.Marshal(map[string]any{"action": action, "fields": f})
	if err != nil {
		s.tb.Fatal(err)
	}
	a := s.pou(who, string(line), "do")
	var r receipt
	if err := json.Unmarshal([]byte(a.out), &r); err != nil {
		s.tb.Fatalf("%s: the receipt cannot be read: %v\n%s%s", line, err, a.out, a.err)
	}
	return r, a
}

// does runs an action that must be done.
func (s *tale) does(who, action string, f fields) *receipt {
	s.tb.Helper()
	r, a := s.act(who, action, f)
	if !r.OK || a.code != 0 || len(r.Changed) == 0 {
		s.tb.Fatalf("%s: %s %v: exit %d\n%s%s", who, action, f, a.code, a.out, a.err)
	}
	s.done = append(s.done, action)
	return &r
}

// refused runs an action that must not be done: the officer is told which rule and what to do, in these words. That
// nothing was kept of it shows at the end, when the journal has what was done and no more.
func (s *tale) refused(who string, code int, words []string, action string, f fields) {
	s.tb.Helper()
	r, a := s.act(who, action, f)
	if r.OK || a.code != code || r.Do == "" || !hasAll(r.Rule+" "+r.Do+" "+r.Field, words) {
		s.tb.Fatalf("%s: %s %v: exit %d, not %d, or it does not say all of %q:\n%s%s", who, action, f, a.code, code, words, a.out, a.err)
	}
}

// ask reads an answer in JSON.
func (s *tale) ask(into any, who string, args ...string) {
	s.tb.Helper()
	text := s.reads(who, nil, append(args, "--output", "json")...)
	if err := json.Unmarshal([]byte(text), into); err != nil {
		s.tb.Fatalf("pou %v: %v\n%s", args, err, text)
	}
}

// desk opens the screen as an officer.
func (s *tale) desk(who string, w, h int) *terminal {
	s.tb.Helper()
	s.now = s.now.Add(time.Minute)
	return start(s.tb, s.command("--as", who, "--now", s.now.Format(time.RFC3339)), w, h, false)
}

// none holds a text to naming none of some words.
func (s *tale) none(what, text string, words []string) {
	s.tb.Helper()
	for _, w := range words {
		if strings.Contains(strings.ToLower(text), strings.ToLower(w)) {
			s.tb.Errorf("%s names %q:\n%s", what, w, text)
		}
	}
}

// inOrder holds a text to some lines, each after the one before.
func (s *tale) inOrder(text string, lines ...string) {
	s.tb.Helper()
	at := 0
	all := strings.Split(text, "\n")
	for _, l := range lines {
		i := slices.Index(all[at:], l)
		if i < 0 {
			s.tb.Fatalf("%q does not come where it should:\n%s", l, text)
		}
		at += i
	}
}

// mustFind is what an expression finds in a text: its groups.
func mustFind(tb testing.TB, text, expression string) []string {
	tb.Helper()
	m := regexp.MustCompile(expression).FindStringSubmatch(text)
	if m == nil {
		tb.Fatalf("nothing is like %s in:\n%s", expression, text)
	}
	return m[1:]
}

var tags = regexp.MustCompile(`(?s)<style.*?</style>|<[^>]*>`)

// textOf is what a reader sees of a pack in a file.
func textOf(tb testing.TB, path string) string {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	switch {
	case strings.HasSuffix(path, ".pdf"):
		text := pdfText(data)
		if tool, err := exec.LookPath("pdftotext"); err != nil {
			tb.Log("ABSENT: pdftotext is not installed: the PDF is read by the test alone")
		} else if out, err := exec.Command(tool, "-enc", "UTF-8", path, "-").Output(); err != nil {
			tb.Errorf("pdftotext does not read %s: %v", path, err)
		} else {
			text += string(out)
		}
		return text
	case strings.HasSuffix(path, ".html"):
		return tags.ReplaceAllString(string(data), " ")
	}
	return string(data)
}

var (
	pdfStream = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	pdfWords  = regexp.MustCompile(`(?s)\(((?:\\.|[^\\)])*)\)\s*Tj`)
	pdfEscape = regexp.MustCompile(`(?s)\\(.)`)
)

// pdfText reads the words of a PDF from its page streams: UTF-16 in (...) Tj, as this program writes them.
func pdfText(data []byte) string {
	var out strings.Builder
	for _, m := range pdfStream.FindAllSubmatch(data, -1) {
		z, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			continue // a font or a picture
		}
		page, _ := io.ReadAll(z) // what is cut short shows as words that are missing
		for _, w := range pdfWords.FindAllSubmatch(page, -1) {
			raw := pdfEscape.ReplaceAllFunc(w[1], func(e []byte) []byte {
				if e[1] == 'r' {
					return []byte{'\r'}
				}
				return e[1:]
			})
			codes := make([]uint16, len(raw)/2)
			for i := range codes {
				codes[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
			}
			out.WriteString(string(utf16.Decode(codes)) + "\n")
		}
	}
	return out.String()
}
