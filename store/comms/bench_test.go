package comms_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"testing"
	"time"

	"pou/store/comms"
)

// callsCSV is a file of calls as a network writes them: about 65 bytes a row.
func callsCSV(rows int) []byte {
	var b bytes.Buffer
	b.Grow(rows*66 + 100)
	b.WriteString("Calling Number,Called Number,Start,Duration,Cell ID\n")
	at := time.Date(2026, 4, 5, 8, 0, 0, 0, time.UTC)
	x := uint64(1)
	for range rows {
		x = x*6364136223846793005 + 1442695040888963407
		a, c := (x>>33)%400, (x>>41)%2_000
		at = at.Add(time.Duration((x>>50)%20) * time.Second)
		fmt.Fprintf(&b, "447700%06d,0770090%04d,%s,%d,234-30-%04d-%04d\n", 900000+a, c, at.Format("2006-01-02 15:04:05"), (x>>20)%900, c%50, a)
	}
	return b.Bytes()
}

const benchRows = 1_000_000

func BenchmarkLoadCalls(b *testing.B) {
	raw := callsCSV(benchRows)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		set, r, err := comms.Load(context.Background(), []comms.Source{{Name: "calls.csv", Bytes: raw}}, comms.Options{})
		if err != nil || len(set.Rows)+r.Total.Duplicate != benchRows || r.Total.Refused > 0 {
			b.Fatal(err, r.Total, r.Files[0].Reasons)
		}
	}
}

// BenchmarkParseCalls is the parse alone: rows validated, numbered and gathered, without the hash, sorting and joining.
func BenchmarkParseCalls(b *testing.B) {
	raw := callsCSV(benchRows)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		n, err := comms.Parse(context.Background(), comms.Source{Name: "calls.csv", Bytes: raw})
		if err != nil || n != benchRows {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkEncodingCSV(b *testing.B) {
	raw := callsCSV(benchRows)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		r := csv.NewReader(bytes.NewReader(raw))
		r.ReuseRecord = true
		for {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	set, _ := load(b, comms.Options{}, comms.Source{Name: "calls.csv", Bytes: callsCSV(benchRows)})
	size := 0
	for b.Loop() {
		size = 0
		for _, c := range comms.Encode(set) {
			size += len(c)
		}
	}
	b.ReportMetric(float64(size)/benchRows, "bytes/row")
}

func BenchmarkDecode(b *testing.B) {
	set, _ := load(b, comms.Options{}, comms.Source{Name: "calls.csv", Bytes: callsCSV(benchRows)})
	chunks := comms.Encode(set)
	for b.Loop() {
		if _, err := comms.Decode(chunks); err != nil {
			b.Fatal(err)
		}
	}
}
