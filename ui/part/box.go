package part

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// Item is one result in the box.
type Item struct {
	Group, Title, Detail string
	Signs                []Part // what must be seen first, between title and detail: warning markers
	Why, Brief           string // why it matched, and the same in a word or two for a row without room; it is said whole at the foot
	Positions            []int  // runes of Title that matched, ascending
	DetailPositions      []int  // runes of Detail that matched, ascending
	Full                 string // what the row has no room for: shown at the foot while it is selected
	Disabled             string // why it cannot be picked; empty when it can
	Data                 any
}

// Note is the line under the input: what was understood, or what was not and where.
type Note struct {
	Text  string
	Style StyleID
	At    int // the rune of the query it is about, counted from one; 0 for none
}

// BoxEvent is what a message did to the box.
type BoxEvent uint8

// The events of a box.
const (
	BoxNone BoxEvent = iota
	BoxClosed
	BoxPicked       // Item was chosen
	BoxTabbed       // the actions on Item are wanted
	BoxQueryChanged // Text is the new query: answer with SetItems and the same Generation
)

// BoxResult is an event with what belongs to it.
type BoxResult struct {
	Event      BoxEvent
	Item       Item
	Text       string
	Generation int
}

// Box is the palette: one input line and the best results in groups.
// Results carry the generation of the query they answer, so a slow old search never replaces a newer one; and enter
// pressed before the results are there waits for them, so a fast typist never opens what the list showed a moment before.
type Box struct {
	input      textinput.Model
	hint       string
	items      []Item
	at, top    int
	generation int // of the query
	answered   int // of the items
	waiting    BoxEvent
	note       Note
	large      bool
	side       func(w, h int) []string
	cursor     *tea.Cursor
}

// NewBox builds a box; hint is shown while nothing is typed.
func NewBox(hint string) *Box {
	b := &Box{input: newInput(""), hint: hint}
	b.input.Focus()
	return b
}

// Enlarge gives the box the most of the screen. On a wide one, side draws what is selected beside the results: exactly h
// lines of w cells.
func (b *Box) Enlarge(side func(w, h int) []string) { b.large, b.side = true, side }

// SetNote sets the line under the input.
func (b *Box) SetNote(n Note) { b.note = n }

// SetQuery replaces the text, for opening the box with a prefix, and returns the generation to answer.
func (b *Box) SetQuery(text string) int {
	b.input.SetValue(Safe(text))
	b.input.CursorEnd()
	b.generation++
	b.waiting = BoxNone
	return b.generation
}

// Query returns the text and its generation.
func (b *Box) Query() (text string, generation int) { return b.input.Value(), b.generation }

// SetItems takes the results of a query; those of an older query than the current one are ignored. Items of one group must
// stand together. When enter or tab was pressed while these results were on their way, it takes effect now.
func (b *Box) SetItems(generation int, items []Item) BoxResult {
	if generation != b.generation {
		return BoxResult{}
	}
	if generation != b.answered {
		b.at, b.top = 0, 0
	}
	b.items, b.answered = items, generation
	b.move(0)
	event := b.waiting
	b.waiting = BoxNone
	return b.choose(event)
}

// Selected returns the item under the cursor.
func (b *Box) Selected() (Item, bool) {
	if b.at < 0 || b.at >= len(b.items) {
		return Item{}, false
	}
	return b.items[b.at], true
}

// Update takes a key or a paste.
func (b *Box) Update(msg tea.Msg) (BoxResult, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch press.String() {
		case "esc", "ctrl+c":
			return BoxResult{Event: BoxClosed}, nil
		case "enter":
			return b.ask(BoxPicked), nil
		case "tab":
			return b.ask(BoxTabbed), nil
		}
		if b.moveKey(press.String()) {
			return BoxResult{}, nil
		}
	}
	before := b.input.Value()
	var cmd tea.Cmd
	b.input, cmd = b.input.Update(safeKey(msg, false))
	text := b.input.Value()
	if text == before {
		return BoxResult{}, cmd
	}
	b.generation++
	b.waiting = BoxNone
	return BoxResult{Event: BoxQueryChanged, Text: text, Generation: b.generation}, cmd
}

func (b *Box) moveKey(key string) bool {
	switch key {
	case "up", "ctrl+p":
		b.move(-1)
	case "down", "ctrl+n":
		b.move(1)
	case "pgup":
		b.move(-boxRows / 2)
	case "pgdown":
		b.move(boxRows / 2)
	default:
		return false
	}
	return true
}

func (b *Box) move(by int) { b.at = max(min(b.at+by, len(b.items)-1), 0) }

// ask chooses the selected item, or notes that it is wanted as soon as the results of the current query are there.
func (b *Box) ask(event BoxEvent) BoxResult {
	if b.answered != b.generation {
		b.waiting = event
		return BoxResult{}
	}
	return b.choose(event)
}

// choose returns the event with the selected item. A disabled item cannot be picked; its reason is already beside it.
func (b *Box) choose(event BoxEvent) BoxResult {
	item, ok := b.Selected()
	if event == BoxNone || !ok || (event == BoxPicked && item.Disabled != "") {
		return BoxResult{}
	}
	return BoxResult{Event: event, Item: item, Generation: b.generation}
}
