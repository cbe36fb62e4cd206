package brief_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
)

// pageTexts reads the words of a PDF's pages from their streams, as this package writes them: UTF-16 in (...) Tj.
func pageTexts(t testing.TB, pdf []byte) []string {
	t.Helper()
	var out []string
	for _, stream := range streams(pdf) {
		if strings.Contains(stream, " Tj") {
			out = append(out, wordsIn(stream))
		}
	}
	return out
}

func streams(pdf []byte) []string {
	var out []string
	for {
		i := bytes.Index(pdf, []byte("stream\n"))
		if i < 0 {
			return out
		}
		pdf = pdf[i+len("stream\n"):]
		end := bytes.Index(pdf, []byte("\nendstream"))
		if end < 0 {
			return out
		}
		z, err := zlib.NewReader(bytes.NewReader(pdf[:end]))
		if err == nil {
			raw, _ := io.ReadAll(z) // a stream cut short shows as words that are missing
			out = append(out, string(raw))
		}
		pdf = pdf[end+len("\nendstream"):]
	}
}

func wordsIn(stream string) string {
	var out strings.Builder
	for {
		i := strings.IndexByte(stream, '(')
		if i < 0 {
			return out.String()
		}
		raw, n := literal(stream[i+1:])
		stream = stream[i+1+n:]
		if strings.HasPrefix(strings.TrimLeft(stream, ") "), "Tj") {
			codes := make([]uint16, len(raw)/2)
			for j := range codes {
				codes[j] = binary.BigEndian.Uint16(raw[2*j:])
			}
			out.WriteString(string(utf16.Decode(codes)) + "\n")
		}
	}
}

// literal reads a PDF string up to its closing bracket.
func literal(s string) (raw []byte, n int) {
	for n < len(s) && s[n] != ')' {
		c := s[n]
		if c == '\\' {
			n++
			c = s[n]
			if c == 'r' {
				c = '\r'
			}
		}
		raw = append(raw, c)
		n++
	}
	return raw, n
}

// otherReader reads the PDF with poppler, where that is installed: a second opinion that the paper says what it should.
func otherReader(t testing.TB, pdf []byte) (string, bool) {
	t.Helper()
	path, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext is not installed: the PDF is read by the test alone")
		return "", false
	}
	cmd := exec.Command(path, "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("pdftotext does not read it: %v", err)
	}
	return string(out), true
}

var spaces = regexp.MustCompile(`[\s\x{ad}]+`)

// run is a text without its spaces: where lines end is nobody's business.
func run(s string) string { return spaces.ReplaceAllString(s, "") }
