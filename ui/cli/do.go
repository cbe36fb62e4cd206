package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/day"
)

// lineMost bounds one action; a longer line is refused, not read into memory.
const lineMost = 1 << 20

// answer is a receipt; a refused one says which line it answers.
type answer struct {
	model.Receipt
	Line int `json:"line,omitempty"`
}

func (a *app) doCmd() *cobra.Command {
	var stop bool
	cmd := &cobra.Command{
		Use:   "do [FILE|-]",
		Short: "Run actions given as JSON lines, one receipt a line",
		Long: "Runs the actions in FILE, or on standard input, one JSON object a line, and prints a receipt for each at once.\n" +
			"Each action is kept or refused on its own; a refused one does not stop the rest, unless --stop is given.\n" +
			"Blank lines and lines that begin with # are passed over. pou actions lists the actions and their fields.",
		Example: `  echo '{"action":"person.add","fields":{"surname":"Varga","unit":"SW"},"key":"a1"}' | pou do` + "\n  pou do morning.jsonl --stop",
		Args:    wants(0, 1, "one FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.signedIn(cmd.Context(), func(d *desk) error {
				in, done, err := a.source(args)
				if err != nil {
					return err
				}
				defer done()
				return a.run(cmd.Context(), d, in, stop)
			})
		},
	}
	cmd.Flags().BoolVar(&stop, "stop", false, "stop at the first refusal")
	return cmd
}

// source opens the file named, or standard input.
func (a *app) source(args []string) (io.Reader, func(), error) {
	if len(args) == 0 || args[0] == "-" {
		if a.env.InTerminal {
			a.note("Reading actions from the keyboard, one JSON object a line; Ctrl-D ends.")
		}
		return a.env.In, func() {}, nil
	}
	f, err := os.Open(args[0])
	if err != nil {
		return nil, nil, fmt.Errorf("open the actions: %w", err)
	}
	return f, func() { _ = f.Close() }, nil // read only
}

// tally counts what became of the actions.
type tally struct{ all, refused, denied int }

func (t *tally) end() error {
	switch {
	case t.denied > 0:
		return &outcome{exitDenied, fmt.Sprintf("%d of %s refused, %d of them not allowed", t.refused, model.Counted(t.all, "action was", "actions were"), t.denied)}
	case t.refused > 0:
		return &outcome{exitNo, fmt.Sprintf("%d of %s refused", t.refused, model.Counted(t.all, "action was", "actions were"))}
	}
	return nil
}

func (a *app) run(ctx context.Context, d *desk, in io.Reader, stop bool) error {
	lines := newLineReader(in)
	var t tally
	for no := 1; ; no++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, long, err := readLine(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read the actions: %w", err)
		}
		ended := err != nil
		if line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff"))); len(line) > 0 && line[0] != '#' {
			receipt, fault := d.act(ctx, line, long)
			t.add(receipt)
			if err := a.receipt(receipt, no); err != nil {
				return err
			}
			if fault != nil {
				return fault
			}
			if !receipt.OK && stop {
				return t.end()
			}
		}
		if ended {
			return t.end()
		}
	}
}

func newLineReader(in io.Reader) *bufio.Reader { return bufio.NewReaderSize(in, 64<<10) }

// readLine reads one line; of one that is too long, the beginning.
func readLine(r *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) <= lineMost {
			line = append(line, part...)
		} else {
			long = true
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

func (t *tally) add(r model.Receipt) {
	t.all++
	if r.OK {
		return
	}
	t.refused++
	if r.Problem != nil && r.Code == model.Denied {
		t.denied++
	}
}

// receipt prints one receipt at once, so that a reader at the other end of a pipe can follow.
func (a *app) receipt(r model.Receipt, line int) error {
	out := answer{Receipt: r}
	if !r.OK {
		out.Line = line
	}
	text, err := oneLine(&out)
	if err == nil {
		_, err = fmt.Fprintln(a.env.Out, text)
	}
	if err != nil {
		return fmt.Errorf("the receipt of line %d could not be written: %w", line, err)
	}
	return nil
}

// act runs one line. A fault is the store's, after which there is no going on.
func (d *desk) act(ctx context.Context, line []byte, long bool) (r model.Receipt, fault error) {
	req, bad := readRequest(line, long)
	if bad != nil {
		return model.Receipt{Problem: bad}, nil
	}
	resolveTimes(req, d.book.Now())
	r, err := d.book.Do(ctx, d.who.Ref, req)
	if err == nil {
		return r, nil
	}
	if p, ok := model.AsProblem(err); ok {
		r.Problem = p
		return r, nil
	}
	return model.Receipt{Problem: &model.Problem{Code: model.Busy, Rule: strings.TrimSuffix(sentence(err), "."), Do: "Nothing of this line was kept; give it again"}}, err
}

func readRequest(line []byte, long bool) (model.Request, *model.Problem) {
	var req model.Request
	if long {
		return req, model.Refuse("", "the line is longer than a million characters", "Give one action a line")
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	err := dec.Decode(&req)
	if err == nil && dec.More() {
		return req, model.Refuse("", "there is more than one thing on the line", "Give one action a line")
	}
	if err == nil {
		return req, nil
	}
	const do = `Give one JSON object a line: {"action":"task.add","fields":{"title":"..."},"key":"..."}`
	var typ *json.UnmarshalTypeError
	if errors.As(err, &typ) {
		if typ.Field == "" {
			return req, model.Refuse("", "the line is not a JSON object", do)
		}
		return req, model.Refuse(typ.Field, typ.Field+" is not what it should be", do)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return req, model.Refuse(strings.Trim(name, `"`), "an action has action, fields and key, but no "+name, do)
	}
	return req, model.Refuse("", "the line is not JSON", do)
}

// resolveTimes lets times and days be given the short way: now, 05:40 for the last time it was that, tomorrow, +7.
func resolveTimes(req model.Request, now time.Time) {
	s, ok := model.Find(req.Action)
	if !ok {
		return
	}
	for _, f := range s.Fields {
		text, ok := req.Fields[f.Name].(string)
		switch {
		case !ok || f.Many:
		case f.Type == model.TypeTime:
			req.Fields[f.Name] = model.ResolveTime(text, now)
		case f.Type == model.TypeDay:
			req.Fields[f.Name] = model.ResolveDay(text, day.On(now))
		}
	}
}
