package ui

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/charmbracelet/x/term"
)

// outlet is where the program writes to. A frame is made of cells and has no place for a picture of half a megabyte, so a
// cell carries a mark in front of its letter, and the outlet puts the picture in the place of the mark. A picture is thus
// written with the frame it belongs to and with no other: there is no moment at which one could come late, onto a
// screen that has been blanked meanwhile. A mark that stands for nothing is written as nothing.
type outlet struct {
	to   io.Writer
	mu   sync.Mutex
	kept map[int]outgoing
}

// outgoing is what the outlet writes for a mark: once, where the terminal keeps it, and else every time.
type outgoing struct {
	text string
	once bool
}

// Marks are strings of a kind that terminals ignore. Stored text cannot hold one: part.Safe takes the escape out.
const (
	markBegins = "\x1b_pou;"
	markEnds   = "\x1b\\"
)

// mark stands for a picture the terminal keeps.
func mark(number int) string { return markBegins + strconv.Itoa(number) + markEnds }

// markAt stands for a picture that is laid over the cells from a place on, by the cell at the beginning of a line.
func markAt(number, x, y, line int) string {
	return fmt.Sprintf("%s%d;%d;%d;%d%s", markBegins, number, x, y, line, markEnds)
}

// newOutlet writes to a terminal or to anything else; what it returns beside the outlet is for the program to write to.
func newOutlet(to io.Writer) (*outlet, io.Writer) {
	o := &outlet{to: to, kept: map[int]outgoing{}}
	if f, ok := to.(term.File); ok {
		return o, ttyOutlet{o, f}
	}
	return o, o
}

// keep notes what a mark stands for.
func (o *outlet) keep(number int, text string, once bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.kept[number] = outgoing{text: text, once: once}
}

// drop makes a mark stand for nothing, wherever it still is on its way.
func (o *outlet) drop(number int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.kept, number)
}

// Write writes what the program has drawn, pictures in the place of their marks.
func (o *outlet) Write(frame []byte) (int, error) {
	out := frame
	if bytes.Contains(frame, []byte(markBegins)) {
		out = o.filled(frame)
	}
	if n, err := o.to.Write(out); err != nil {
		return min(n, len(frame)), fmt.Errorf("the screen could not be written: %w", err)
	}
	return len(frame), nil
}

func (o *outlet) filled(frame []byte) []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	var out []byte
	for {
		before, rest, found := bytes.Cut(frame, []byte(markBegins))
		out = append(out, before...)
		if !found {
			return out
		}
		at, after, whole := bytes.Cut(rest, []byte(markEnds))
		if !whole {
			return out // half a mark would swallow what comes after it
		}
		out = append(out, o.picture(string(at))...)
		frame = after
	}
}

// picture is what a mark stands for, with the cursor taken there and back where it stands at a place.
func (o *outlet) picture(at string) string {
	var place [4]int
	fields := strings.Split(at, ";")
	for i := range min(len(fields), len(place)) {
		place[i], _ = strconv.Atoi(fields[i]) // no number is no picture's
	}
	p := o.kept[place[0]]
	if p.text == "" {
		return ""
	}
	if p.once {
		delete(o.kept, place[0])
		return p.text
	}
	return fmt.Sprintf("\x1b[%d;%dH%s\x1b[%d;1H", place[2]+1, place[1]+1, p.text, place[3]+1)
}

// ttyOutlet is an outlet that is a terminal to those who ask: for its size, or whether it is one.
type ttyOutlet struct {
	*outlet
	file term.File
}

func (o ttyOutlet) Read(p []byte) (int, error) { return o.file.Read(p) } //nolint:wrapcheck // it stands for the file
func (o ttyOutlet) Close() error               { return o.file.Close() } //nolint:wrapcheck // it stands for the file
func (o ttyOutlet) Fd() uintptr                { return o.file.Fd() }
