package comms

import (
	"strings"

	"pou/model/atlas"
)

// word is what a cell of words says of a contact.
type word struct {
	kind       atlas.Kind
	way        way
	unanswered bool
}

// way is which way a contact went.
type way uint8

const (
	noWay way = iota
	outward
	inward
)

// readWord finds kind, direction and whether it was answered in the words of a cell: "SMS MO", "Incoming call", "missed".
func readWord(cell []byte) word {
	var w word
	s := strings.ToLower(label(cell, 60))
	for _, t := range strings.FieldsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		w.token(t)
	}
	if strings.Contains(s, "no answer") || strings.Contains(s, "not answered") || strings.Contains(s, "not connected") {
		w.unanswered = true
	}
	return w
}

func (w *word) token(t string) {
	switch t {
	case "sms", "text", "texts", "mms", "smsmo", "smsmt", "mosms", "mtsms":
		w.kind = atlas.Text
	case "gprs", "data", "internet", "lte", "4g", "5g", "3g", "pdp", "session", "web", "browsing", "ps":
		if w.kind == 0 {
			w.kind = atlas.Data
		}
	case "voice", "call", "calls", "moc", "mtc", "telephony", "volte", "vowifi", "speech", "phone", "tele", "cs":
		if w.kind != atlas.Text {
			w.kind = atlas.Call
		}
	case "whatsapp", "message", "chat", "im", "signal", "telegram", "imessage", "email":
		if w.kind == 0 {
			w.kind = atlas.Message
		}
	}
	switch t {
	case "out", "outgoing", "outbound", "mo", "moc", "o", "originating", "originated", "made", "sent", "dialled", "dialed", "outward", "smsmo", "mosms", "sender":
		w.way = outward
	case "in", "incoming", "inbound", "mt", "mtc", "i", "terminating", "terminated", "received", "inward", "smsmt", "mtsms", "recv":
		w.way = inward
	case "missed":
		w.way, w.unanswered = inward, true
		if w.kind == 0 {
			w.kind = atlas.Call
		}
	case "unanswered", "busy", "noanswer", "failed", "rejected", "declined", "n", "no", "false", "cancelled", "canceled", "unsuccessful":
		w.unanswered = true
	}
}

// word reads a cell of words by the memory of the cells read before.
func (k *maker) word(f field) word {
	cell := k.cell(f)
	if len(cell) == 0 {
		return word{}
	}
	if w, ok := k.words[string(cell)]; ok {
		return w
	}
	w := readWord(cell)
	if len(cell) <= longestCell {
		if len(k.words) >= mostMemo {
			clear(k.words)
		}
		k.words[string(cell)] = w
	}
	return w
}

// contactRow reads a call, a text, a message or a data session.
func (k *maker) contactRow(r *atlas.Row) bool {
	kind, direction, status := k.word(fType), k.word(fDirection), k.word(fStatus)
	switch k.as {
	case AsCalls:
		r.Kind = atlas.Call
	case AsTexts:
		r.Kind = atlas.Text
	case AsData:
		r.Kind = atlas.Data
	case AsMessages:
		r.Kind = atlas.Message
	case AsContacts:
		if r.Kind = kind.kind; r.Kind == 0 {
			if r.Kind = direction.kind; r.Kind == 0 {
				return k.bad(faultKind, k.cell(fType))
			}
		}
	case AsPositions, AsReads, AsJourneys, AsCells:
	}
	if len(k.cells) < k.width && len(k.cells) <= k.lastNeeded() {
		return k.bad(faultShort, nil)
	}
	if !k.at(r) || !k.length(r) {
		return false
	}
	goes := direction.way
	if goes == noWay {
		goes = kind.way
	}
	if !k.parties2(r, goes) {
		return false
	}
	if r.Kind == atlas.Call && (status.unanswered || direction.unanswered || kind.unanswered || k.has(fSeconds) && r.Seconds == 0) {
		r.Flags |= atlas.Unanswered
	}
	return k.cellOf(r)
}

// lastNeeded is the last column without which a row says nothing.
func (k *maker) lastNeeded() int {
	last := 0
	for _, f := range []field{fFrom, fTo, fOther, fAt, fDate, fTime, fSeconds} {
		last = max(last, k.col[f])
	}
	return last
}

// length reads how long it took, from its length or its end.
func (k *maker) length(r *atlas.Row) bool {
	cell := k.cell(fSeconds)
	s, ok := parseSeconds(cell, k.unit)
	if !ok && !null(cell) {
		return k.bad(faultLength, cell)
	}
	r.Seconds = s
	if !k.has(fEnd) {
		if r.Kind == atlas.Data && s > 0 && !r.Has(atlas.NoTime) {
			r.End = r.At + int64(s)*1000
		}
		return true
	}
	if !k.end(r) {
		return false
	}
	if len(cell) == 0 && r.End > r.At && r.Kind != atlas.Data {
		if gone := (r.End - r.At) / 1000; gone <= mostSeconds {
			r.Seconds = uint32(gone) //nolint:gosec // checked
		}
	}
	return true
}

// parties2 reads whose record it is and the other party.
func (k *maker) parties2(r *atlas.Row, goes way) bool {
	var got [4]partyMemo
	for i, f := range [4]field{fOwn, fFrom, fTo, fOther} {
		if !k.has(f) {
			continue
		}
		cell := k.cell(f)
		p, ok := k.party(cell)
		if !ok && (r.Kind != atlas.Data || f == fOwn) {
			return k.bad(p.fault, cell)
		}
		got[i] = p
	}
	own, from, to, other := got[0], got[1], got[2], got[3]
	if r.Kind == atlas.Data {
		r.Own = own.handle
		if r.Own == 0 {
			r.Own = from.handle
		}
		k.batch.own = k.batch.own || r.Own == 0
		return true
	}
	switch {
	case own.handle != 0 && (from.handle == own.handle || to.handle == own.handle):
		k.between(r, from, to, to.handle == own.handle && from.handle != own.handle)
	case k.has(fFrom) && k.has(fTo):
		if from.handle == 0 && to.handle == 0 {
			return k.bad(faultWho, nil)
		}
		k.between(r, from, to, from.handle == 0 || own.handle == 0 && goes == inward && to.handle != 0)
	case k.has(fTo) && !k.has(fOther):
		k.toward(r, own, to, outward)
	case k.has(fFrom) && !k.has(fOther):
		k.toward(r, own, from, inward)
	case goes == noWay:
		return k.bad(faultWay, k.cell(fDirection))
	default:
		if k.has(fFrom) && own.handle == 0 {
			own = from
		}
		k.toward(r, own, other, goes)
	}
	return true
}

// between is a contact of two named parties; flip makes it the record of the one who was reached.
func (k *maker) between(r *atlas.Row, from, to partyMemo, flip bool) {
	r.Own, r.Other = from.handle, to.handle
	r.Flags |= atlas.Out
	r.Flags |= to.flags
	if flip {
		r.Own, r.Other = to.handle, from.handle
		r.Flags = r.Flags&^(atlas.Out|to.flags) | from.flags
	}
}

// toward is a contact of the owner of the record with another.
func (k *maker) toward(r *atlas.Row, own, other partyMemo, goes way) {
	r.Own, r.Other = own.handle, other.handle
	r.Flags |= other.flags
	if goes == outward {
		r.Flags |= atlas.Out
	}
	k.batch.own = k.batch.own || own.handle == 0
}

// cellOf reads the cell of the row and where it is.
func (k *maker) cellOf(r *atlas.Row) bool {
	if r.Kind == atlas.Data {
		k.cellTiming(r)
	}
	id := k.cell(fCell)
	if !k.has(fCell) && !k.has(fLat) && !k.has(fEast) && !k.has(fPoint) {
		return true
	}
	found, ok := k.position(r)
	if found && !ok {
		return k.bad(faultPlace, append(append([]byte(nil), k.cell(fLat)...), k.cell(fLon)...))
	}
	if k.has(fLac) {
		id = k.cellID()
	}
	if !null(id) {
		shaped := true
		r.Site = k.siteOf('c', id, func() atlas.Site {
			s := atlas.Site{ID: label(id, 60), Name: label(k.cell(fCellName), 80), Kind: atlas.CellSite, Lat: r.Lat, Lon: r.Lon}
			shaped = k.shape(&s)
			return s
		})
		if !shaped {
			return false
		}
		if found {
			r.Metres = k.t.sites[r.Site].Metres
		}
	} else if found {
		r.Metres = cellMetres
		k.assumed |= assumedCell
	}
	if last := k.cell(fCellEnd); !null(last) {
		r.To = k.siteOf('c', last, func() atlas.Site {
			return atlas.Site{ID: label(last, 60), Kind: atlas.CellSite, Lat: atlas.NoPlace, Lon: atlas.NoPlace, Metres: cellMetres}
		})
	}
	return true
}

// cellTiming says when the cell of a data session was used. Unless the source says "at", the network's words are "at or before the start"
// and, for O2, the end.
func (k *maker) cellTiming(r *atlas.Row) {
	say := k.cellTime
	if c := strings.ToLower(string(k.cell(fWording))); c != "" {
		switch {
		case strings.Contains(c, "end") || strings.Contains(c, "after"):
			say = cellAfter
		case strings.Contains(c, "before"):
			say = cellBefore
		}
	}
	switch say {
	case cellAt:
	case cellAfter:
		r.Flags |= atlas.AtOrAfter
		k.assumed |= assumedO2
	default:
		r.Flags |= atlas.AtOrBefore
		k.assumed |= assumedBefore
	}
}
