//go:build bench

package proof

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"go.etcd.io/bbolt"

	"pou/model"
	"pou/store"
	"pou/store/bolt"
)

// peopleFile writes a file such as another system would hand over.
func (b *bench) peopleFile() string {
	b.Helper()
	rnd := rand.New(rand.NewPCG(3, 4))
	syllables := strings.Fields("ka mo ri san tel vor bin dal gru hes jin lop mar nok pel qua ros sut tam ulf wen yor zet ash cro")
	name := func(n int) string {
		out := ""
		for range n {
			out += syllables[rnd.IntN(len(syllables))]
		}
		return strings.ToUpper(out[:1]) + out[1:]
	}
	var text bytes.Buffer
	text.WriteString("Nominal Ref,Surname,Forename,Date of Birth,Sex,Address,Postcode,Mobile,Aliases,Warning\n")
	for i := range b.people {
		_, _ = fmt.Fprintf(&text, "N%07d,%s,%s,%02d/%02d/%d,M,\"%d %s Street, London\",SW%d %dAB,07700 9%05d,%s %s,VI\n", i, name(3), name(2),
			1+rnd.IntN(28), 1+rnd.IntN(12), 1940+rnd.IntN(66), 1+rnd.IntN(200), name(2), 1+rnd.IntN(20), rnd.IntN(10), rnd.IntN(100000), name(2), name(3))
	}
	path := filepath.Join(b.h.dir, "people.csv")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// imports reads the file into new stores, beside the least that could be done with it: parsed, and put into bbolt as it is.
func (b *bench) imports() {
	b.Helper()
	file := b.peopleFile()
	var ours, bare []time.Duration
	peak := int64(0)
	for n := range 5 {
		db := filepath.Join(b.h.dir, fmt.Sprint("import", n, ".db"))
		cmd := b.h.command("--store", db, "import", file)
		cmd.Dir = b.h.dir
		begun := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("pou import: %v\n%s", err, out)
		}
		ours = append(ours, time.Since(begun))
		if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, use.Maxrss<<10)
		}
		begun = time.Now()
		if err := bareImport(file, db+".bare"); err != nil {
			b.Fatal(err)
		}
		bare = append(bare, time.Since(begun))
		_ = os.Remove(db)
		_ = os.Remove(db + ".bare")
	}
	rate := func(d time.Duration) float64 { return float64(b.people) / d.Seconds() }
	mine, their := rate(median(ours)), rate(median(bare))
	b.add("import of a CSV", fmt.Sprintf("%.0f people/s", mine), fmt.Sprintf("csv into bare bbolt %.0f/s", their), ratio(mine, their), ">= 30000/s", yes(mine >= 30_000))
	b.add("  peak memory", fmt.Sprintf("%d MB", peak>>20), "-", "-", "<= 1024 MB", yes(peak <= 1<<30))
}

// bareImport parses a CSV and puts each row into bbolt under its reference, 5,000 to a transaction.
func bareImport(file, path string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close() // read only
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return err
	}
	defer db.Close() // thrown away
	rows := csv.NewReader(in)
	for ended := false; !ended; {
		err := db.Update(func(tx *bbolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("b"))
			if err != nil {
				return err
			}
			for range 5000 {
				rec, err := rows.Read()
				if errors.Is(err, io.EOF) {
					ended = true
					return nil
				}
				if err == nil {
					err = bucket.Put([]byte(rec[0]), []byte(strings.Join(rec, "\x00")))
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// book opens the big store in this process.
func (b *bench) book(puts *recorded) *store.Book {
	b.Helper()
	e, err := bolt.Open(b.h.store, bolt.Holder{PID: os.Getpid(), User: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	puts.Engine = e
	book, err := store.New(context.Background(), puts, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	return book
}

// recorded is an engine that remembers what the last update put.
type recorded struct {
	store.Engine
	keys, values [][]byte
}

func (r *recorded) Update(ctx context.Context, fn func(store.Tx) error) error {
	r.keys, r.values = r.keys[:0], r.values[:0]
	return r.Engine.Update(ctx, func(tx store.Tx) error { return fn(recordedTx{tx, r}) })
}

type recordedTx struct {
	store.Tx
	to *recorded
}

func (t recordedTx) Put(key, value []byte) error {
	t.to.keys, t.to.values = append(t.to.keys, key), append(t.to.values, value)
	return t.Tx.Put(key, value)
}

// again puts what was recorded into bbolt as it is: the least an action with these records and indexes can cost.
func (r *recorded) again(db *bbolt.DB) error {
	return db.Update(func(tx *bbolt.Tx) error {
		for i, key := range r.keys {
			if err := tx.Bucket([]byte("pou")).Put(key, r.values[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// twin opens a copy of the big store as a bare bbolt file.
func (b *bench) twin() *bbolt.DB {
	b.Helper()
	path := filepath.Join(b.h.dir, "twin.db")
	in, err := os.Open(b.h.store)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close() // read only
	out, err := os.Create(path)
	if err == nil {
		_, err = io.Copy(out, in)
		err = errors.Join(err, out.Close())
	}
	if err != nil {
		b.Fatal(err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	return db
}

// action sets one action through the whole path beside one bare update of 500 bytes on the same disk, and beside bare updates of a copy
// of the store with the very keys and values the action put.
func (b *bench) action() {
	b.Helper()
	twin, puts := b.twin(), &recorded{}
	defer twin.Close() // thrown away
	book := b.book(puts)
	defer book.Close() // thrown away
	db, err := bbolt.Open(filepath.Join(b.h.dir, "bare.db"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close() // thrown away
	value := make([]byte, 500)
	bare := func(n int) error {
		return db.Update(func(tx *bbolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("b"))
			if err != nil {
				return err
			}
			return bucket.Put(fmt.Appendf(nil, "%012d", n), value)
		})
	}
	req := model.Request{Action: "task.add", Fields: map[string]any{"title": "Address check", "person": b.first.Person, "assign": lead, "due": "2026-12-02"}}
	whole := func(int) error {
		_, err := book.Do(context.Background(), lead, req)
		return err
	}
	var ours, their, same []time.Duration
	for n := range 400 {
		begun := time.Now()
		err := bare(n)
		mid := time.Now()
		err = errors.Join(err, whole(n))
		end := time.Now()
		err = errors.Join(err, puts.again(twin))
		if err != nil {
			b.Fatal(err)
		}
		their, ours, same = append(their, mid.Sub(begun)), append(ours, end.Sub(mid)), append(same, time.Since(end))
	}
	mine, least := median(ours), median(their)
	speed := float64(least) / float64(mine)
	b.add("one action: rules, records, indexes, journal, fsync", ms(mine), "bare bbolt Update "+ms(least), fmt.Sprintf("%.2f of its speed", speed), ">= 0.7", yes(speed >= 0.7))
	keys := median(same)
	b.add(fmt.Sprintf("  the same %d keys and values, put bare into a copy of the store", len(puts.keys)), ms(keys), "bare bbolt Update "+ms(least),
		fmt.Sprintf("%.2f of its speed", float64(least)/float64(keys)), "-", "")
}

// find asks a full index what officers type, beside others over the same people, one line each.
func (b *bench) find() {
	b.Helper()
	s := &searchBench{T: b.T}
	d := s.openDesk(b.h.store)
	if err := d.read(); err != nil {
		b.Fatal(err)
	}
	p := s.paced(d)
	s.addSpeed("filling the search index, behind the first frame", ms(p.filled), "-", fmt.Sprintf("%.1f us a person", float64(p.filled)/1e3/float64(p.people)), "-", "")
	s.addSpeed("find, warm, p50", ms(p.p50), "-", "-", "-", "")
	s.addSpeed("find, warm, p99", ms(p.p99), "-", "-", "<= 16 ms", yes(p.p99 <= 16*time.Millisecond))
	s.besideOthers(d)
	b.table = append(b.table, s.speed...)
}
