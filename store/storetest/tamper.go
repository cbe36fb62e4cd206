package storetest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"pou/model"
	"pou/store"
)

func seqKey(prefix string, seq uint64) string { return fmt.Sprintf("%s%012d", prefix, seq) }

// tampering is something done to the store behind the book's back, and what Check must say of it.
type tampering struct {
	name string
	do   func(*desk, store.Tx) error
	want string
}

// The tampering tests run on a journal of twelve entries: six officers (1), KOVAC P-000001 (2) wanted (3), NOVAK
// P-000002 (4), edited (5) and undone (6), a task (7), undone (8), a consultation of KOVAC (9), a task (10) assigned
// (11) and a person read from a row (12).
func tamperTests() []test {
	rows := []tampering{
		{"a record edited", flip("r/P/000000000001", 12), "P-000001: "},
		{"a record's revision turned back", put("r/P/000000000002", 1, 1), "P-000002: is not as its last journal entry left it"},
		{"a record replaced by its own older version", olderVersion, "P-000002: is not as its last journal entry left it"},
		{"a record taken out", remove("r/P/000000000001"), "P-000001: the journal says it was written, but it is not there"},
		{"a record made to look undone", setTo("r/P/000000000001", "\x00\x01\x02"), "P-000001: has been taken away, but its last journal entry wrote it"},
		{"an undone record brought back", bringBack, "T-000001: is not as its last journal entry left it"},
		{"an undone record's revision turned back", put("r/T/000000000001", 1, 0), "T-000001: "},
		{"a record added", copyKey("r/P/000000000001", "r/P/000000000077"), "P-000077: is on record, but no journal entry wrote it"},
		{"a record of an unknown kind added", copyKey("r/P/000000000001", "r/Z/000000000001"), "r/Z/000000000001"},
		{"a record under a key that is no key", copyKey("r/P/000000000001", "r/P/1"), "r/P/1"},
		{"a target under a key that is no key", copyKey("r/P/000000000001", "r/TG/000000000001"), "r/TG/000000000001"},
		{"a record cut short", setTo("r/P/000000000001", "\x01"), "P-000001: cannot be read"},
		{"an entry edited", editEntry(5, func(e *model.Entry) { e.By = "O-0005" }), "journal entry 5 has been altered"},
		{"an entry's time edited", editEntry(5, func(e *model.Entry) { e.At = e.At.Add(-3600e9) }), "journal entry 5 has been altered"},
		{"an entry's reason edited", editEntry(6, func(e *model.Entry) { e.Reason = "none" }), "journal entry 6 has been altered"},
		{"an entry edited and its sum made to fit", resum(5), "journal entry 6 does not follow the entry before it"},
		{"an entry that cannot be read", setTo("j/000000000005", "\xff"), "journal entry 5"},
		{"the first entry removed", remove("j/000000000001"), "journal entry 1 is missing"},
		{"an entry removed from the middle", remove("j/000000000005"), "journal entry 5 is missing"},
		{"a consultation removed", remove("j/000000000009"), "journal entry 9 is missing"},
		{"two entries exchanged", exchange("j/000000000004", "j/000000000005"), "journal entry 4 is missing"},
		{"the last entry cut off", remove("j/000000000012"), "its tail is missing"},
		{"the last entries cut off and the head made to fit", cutTail(9), "P-000003: is on record, but no journal entry wrote it"},
		{"an entry added at the end", addEntry, "journal"},
		{"the whole journal removed", removeAll("j/"), "its tail is missing"},
		{"the head turned back", headTo(8), "journal"},
		{"the head removed", remove("m/head"), "journal"},
		{"what was typed altered", flip("f/000000000005", 20), "what was typed for journal entry 5 has been altered"},
		{"what was typed replaced by another entry's", copyKey("f/000000000004", "f/000000000005"), "what was typed for journal entry 5 has been altered"},
		{"the salt of what was typed altered", flip("f/000000000005", 0), "what was typed for journal entry 5 has been altered"},
		{"what was typed added for an entry that is not there", copyKey("f/000000000005", "f/000000000099"), "99"},
		{"a link deleted", remove("l/P/000000000001/W/000000000001"), `index: the entry "l/P/000000000001/W/000000000001" is missing`},
		{"a place deleted", remove("u/W/SW/1/W/000000000001"), `index: the entry "u/W/SW/1/W/000000000001" is missing`},
		{"a place moved to the ended ones", move("u/W/SW/1/W/000000000001", "u/W/SW/0/W/000000000001"), `index: the entry "u/W/SW/0/W/000000000001" stands for nothing`},
		{"a link added", setTo("l/P/000000000002/W/000000000001", ""), `index: the entry "l/P/000000000002/W/000000000001" stands for nothing`},
		{"a place that is no key", setTo("u/W/SW/1/W/7", ""), `index: the entry "u/W/SW/1/W/7" stands for nothing`},
		{"a row made to find somebody else", otherRow, "index: the entry \"s/"},
		{"a counter turned back", setTo("m/next/P", "\x00\x00\x00\x00\x00\x00\x00\x01"), "P-000003"},
		{"a counter removed", remove("m/next/P"), "P-000003"},
	}
	out := make([]test, len(rows))
	for i, row := range rows {
		out[i] = test{row.name, func(d *desk) { d.tamper(row) }}
	}
	return out
}

func (d *desk) tamper(row tampering) {
	d.Helper()
	d.wanted("KOVAC")
	novak := d.person("NOVAK")
	d.do(constable, "person.edit", fields{"person": string(novak), "note": "a note to alter"})
	d.do(constable, "undo", nil)
	d.task("Undone")
	d.do(constable, "undo", nil)
	d.book.Consult(other, "show", "P-000001")
	task := d.task("Assigned")
	d.do(constable, "task.assign", fields{"task": string(task), "assign": string(other)})
	d.collect("people.import", somebody("ROW", "file:1"))
	if d.head() != 12 {
		d.Fatalf("the journal has %d entries, the tests were written for 12", d.head())
	}
	d.sound()
	d.spoilt = true
	d.engineWrite(func(tx store.Tx) error { return row.do(d, tx) })
	found := d.findings()
	if !strings.Contains(strings.Join(found, "\n"), row.want) {
		d.Errorf("Check found %q, want %q among it", found, row.want)
	}
	if len(found) > 0 && strings.Contains(row.want, "journal") && !strings.Contains(found[0], row.want) && !strings.Contains(found[0], "journal") {
		d.Errorf("the journal is not named first: %q", found[0])
	}
}

type spoiler = func(*desk, store.Tx) error

func flip(key string, at int) spoiler {
	return func(_ *desk, tx store.Tx) error {
		v := bytes.Clone(tx.Get([]byte(key)))
		if len(v) <= at {
			return fmt.Errorf("%q has %d bytes", key, len(v))
		}
		v[at] ^= 1
		return tx.Put([]byte(key), v)
	}
}

// put overwrites one byte of a value.
func put(key string, at int, to byte) spoiler {
	return func(_ *desk, tx store.Tx) error {
		v := bytes.Clone(tx.Get([]byte(key)))
		if len(v) <= at || v[at] == to {
			return fmt.Errorf("%q is %v", key, v)
		}
		v[at] = to
		return tx.Put([]byte(key), v)
	}
}

func remove(key string) spoiler {
	return func(_ *desk, tx store.Tx) error {
		if tx.Get([]byte(key)) == nil {
			return fmt.Errorf("there is no %q to remove", key)
		}
		return tx.Delete([]byte(key))
	}
}

func removeAll(prefix string) spoiler {
	return func(_ *desk, tx store.Tx) error {
		var errs []error
		var all [][]byte
		err := tx.Scan([]byte(prefix), nil, false, func(k, _ []byte) bool {
			all = append(all, bytes.Clone(k))
			return true
		})
		for _, k := range all {
			errs = append(errs, tx.Delete(k))
		}
		return errors.Join(append(errs, err)...)
	}
}

func setTo(key, value string) spoiler {
	return func(_ *desk, tx store.Tx) error { return tx.Put([]byte(key), []byte(value)) }
}

func copyKey(from, to string) spoiler {
	return func(_ *desk, tx store.Tx) error { return tx.Put([]byte(to), bytes.Clone(tx.Get([]byte(from)))) }
}

func move(from, to string) spoiler {
	return func(d *desk, tx store.Tx) error { return errors.Join(copyKey(from, to)(d, tx), remove(from)(d, tx)) }
}

func exchange(a, b string) spoiler {
	return func(_ *desk, tx store.Tx) error {
		va, vb := bytes.Clone(tx.Get([]byte(a))), bytes.Clone(tx.Get([]byte(b)))
		return errors.Join(tx.Put([]byte(a), vb), tx.Put([]byte(b), va))
	}
}

func readEntry(tx store.Tx, seq uint64) (e model.Entry, err error) {
	return e, cbor.Unmarshal(tx.Get([]byte(seqKey("j/", seq))), &e)
}

func writeEntry(tx store.Tx, e model.Entry) error {
	enc, err := cbor.EncOptions{Time: cbor.TimeUnix}.EncMode()
	if err != nil {
		return err
	}
	raw, err := enc.Marshal(&e)
	if err != nil {
		return err
	}
	return tx.Put([]byte(seqKey("j/", e.Seq)), raw)
}

func editEntry(seq uint64, edit func(*model.Entry)) spoiler {
	return func(_ *desk, tx store.Tx) error {
		e, err := readEntry(tx, seq)
		if err != nil {
			return err
		}
		edit(&e)
		return writeEntry(tx, e)
	}
}

// resum is what somebody does who knows how sums are worked out.
func resum(seq uint64) spoiler {
	return editEntry(seq, func(e *model.Entry) {
		e.By = other
		e.Sum = e.Link(e.Prev)
	})
}

// addEntry forges an entry that follows the last one, and leaves the head alone.
func addEntry(_ *desk, tx store.Tx) error {
	e, err := readEntry(tx, 12)
	if err != nil {
		return err
	}
	e.Seq, e.Prev, e.About = 13, e.Sum, nil
	e.Sum = e.Link(e.Prev)
	return writeEntry(tx, e)
}

func headTo(seq uint64) spoiler {
	return func(_ *desk, tx store.Tx) error {
		e, err := readEntry(tx, seq)
		if err != nil {
			return err
		}
		return tx.Put([]byte("m/head"), append(binary.BigEndian.AppendUint64(nil, seq), e.Sum[:]...))
	}
}

// cutTail removes every trace of the journal after an entry.
func cutTail(last uint64) spoiler {
	return func(d *desk, tx store.Tx) error {
		err := headTo(last)(d, tx)
		for seq := last + 1; seq <= 12; seq++ {
			err = errors.Join(err, remove(seqKey("j/", seq))(d, tx), remove(seqKey("f/", seq))(d, tx))
		}
		return err
	}
}

// olderVersion puts back a version of NOVAK that the payload of the undo still holds.
func olderVersion(_ *desk, tx store.Tx) error { return putBefore(tx, 6, "r/P/000000000002") }

// bringBack puts back the task that was undone.
func bringBack(_ *desk, tx store.Tx) error { return putBefore(tx, 8, "r/T/000000000001") }

func putBefore(tx store.Tx, seq uint64, key string) error {
	var p struct {
		Before [][]byte `cbor:"2,keyasint"`
	}
	raw := tx.Get([]byte(seqKey("f/", seq)))
	if err := cbor.Unmarshal(raw[16:], &p); err != nil {
		return err
	}
	return tx.Put([]byte(key), p.Before[0])
}

func otherRow(d *desk, tx store.Tx) error {
	var key []byte
	err := tx.Scan([]byte("s/"), nil, false, func(k, _ []byte) bool {
		key = bytes.Clone(k)
		return false
	})
	if key == nil {
		d.Error("there is no row")
	}
	return errors.Join(err, tx.Put(key, []byte("P-000001")))
}
