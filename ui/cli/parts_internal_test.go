package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

func TestProgressSaysHowFarHowFastAndHowLong(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		done, total int
		spent       time.Duration
		want        string
	}{
		"nothing yet":          {0, 27000, 0, "0 of 27,000 rows"},
		"half way":             {12300, 24600, 3 * time.Second, "12,300 of 24,600 rows, 4,100 a second, 3s left"},
		"at the end":           {24600, 24600, 6 * time.Second, "24,600 of 24,600 rows, 4,100 a second"},
		"nobody knows of what": {500, 0, time.Second, "500 rows, 500 a second"},
		"slower than one":      {1, 10, 5 * time.Second, "1 of 10 rows"},
	}
	for name, tt := range tests {
		if got := progress(tt.done, tt.total, "rows", tt.spent); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestABarIsDrawnOnATerminalAndSaidInPlainMode(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		terminal, plain bool
		want            string
	}{
		"not a terminal": {false, false, ""},
		"a terminal":     {true, false, "\r[#####---------------] people: 25 of 100 rows, 2 a second, 30s left        \r" + strings.Repeat(" ", 79) + "\r"},
		"line by line":   {true, true, "people: 25 of 100 rows, 2 a second, 30s left\n"},
	} {
		var out bytes.Buffer
		now := time.Date(2026, 11, 24, 5, 40, 0, 0, time.UTC)
		a := &app{env: Env{Err: &out, ErrTerminal: tt.terminal, Width: 76, Now: func() time.Time { return now }}, plain: tt.plain}
		b := a.newBar("rows")
		b.show("people", 1, 100) // at once: too soon
		now = now.Add(10 * time.Second)
		b.show("people", 25, 100)
		b.show("people", 26, 100) // too soon again
		b.clear()
		if got := out.String(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestCellsThatASpreadsheetWouldRunAreDisarmed(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+44 7700 900123": "'+44 7700 900123", "-x": "'-x", "@SUM": "'@SUM", "\t=1": " =1", "\x1b[2J=1": "[2J=1",
		"\x00=1": "'=1", "VARGA": "VARGA", "": "", "a=1": "a=1",
	} {
		if got := cellText(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestALineThatNeverEndsIsNotKeptInMemory(t *testing.T) {
	t.Parallel()
	in := bytes.NewReader(append(bytes.Repeat([]byte("x"), 3*lineMost), "\nnext"...))
	r := newLineReader(in)
	line, long, err := readLine(r)
	if err != nil || !long || len(line) > lineMost {
		t.Errorf("%d bytes, long %v, %v", len(line), long, err)
	}
	if line, long, err := readLine(r); string(line) != "next" || long || !errors.Is(err, io.EOF) {
		t.Errorf("then %q, long %v, %v", line, long, err)
	}
}

// stuck is a terminal at which nobody types.
type stuck struct{ typed chan struct{} }

func (s stuck) Read([]byte) (int, error) {
	<-s.typed
	return 0, io.EOF
}

func TestAStoppedCommandDoesNotWaitForTheKeyboard(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	terminal := stuck{make(chan struct{})}
	defer close(terminal.typed)
	h := &heeding{r: terminal, done: ctx.Done(), got: make(chan piece, 1)}
	for range 2 {
		if _, err := h.Read(make([]byte, 8)); !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want to be stopped", err)
		}
	}
}

func TestInputComesThroughWhole(t *testing.T) {
	t.Parallel()
	want := strings.Repeat("a line of it\n", 20000)
	h := &heeding{r: strings.NewReader(want), done: t.Context().Done(), got: make(chan piece, 1)}
	got, err := io.ReadAll(h)
	if err != nil || string(got) != want {
		t.Errorf("%d of %d bytes, %v", len(got), len(want), err)
	}
}

func TestATableFitsTheTerminalAndNeverCutsAReference(t *testing.T) {
	t.Parallel()
	s := sheet{cols: []column{{head: "REF", fixed: true}, {head: "NAME"}, {head: "EMPTY"}, {head: "TRIES", right: true}, {head: "NOTE"}}}
	s.add("OP-0001/012", "FEATHERSTONEHAUGH, Christopher", "", "3", "seen at the bus stop in Tooting on Tuesday")
	s.add("OP-0001/013", "LI, An\x1b[2J", "", "", "")
	for width, want := range map[int]string{
		0: "REF          NAME                            TRIES  NOTE\n" +
			"OP-0001/012  FEATHERSTONEHAUGH, Christopher      3  seen at the bus stop in Tooting on Tuesday\n" +
			"OP-0001/013  LI, An[2J\n",
		60: "REF          NAME                 TRIES  NOTE\n" +
			"OP-0001/012  FEATHERSTONEHAUGH,…      3  seen at the bus st…\n" +
			"OP-0001/013  LI, An[2J\n",
		30: "REF          NAME        TRIES\n" +
			"OP-0001/012  FEATHERST…      3\n" +
			"OP-0001/013  LI, An[2J\n",
		10: "REF\nOP-0001/012\nOP-0001/013\n",
	} {
		var b bytes.Buffer
		s.write(&b, width)
		if got := b.String(); got != want {
			t.Errorf("%d wide:\n%s\nwant\n%s", width, got, want)
		}
	}
}
