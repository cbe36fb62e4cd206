package brief

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"pou/model"
)

// sayer writes a line of Markdown.
type sayer func(format string, args ...any)

func writeMarkdown(w io.Writer, lines func(say sayer)) error {
	b := bufio.NewWriter(w)
	lines(func(format string, args ...any) { _, _ = fmt.Fprintf(b, format+"\n", args...) }) // Flush reports what went wrong
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write the Markdown: %w", err)
	}
	return nil
}

// markdown writes the document as Markdown that reads well as it is.
func (d *Document) markdown(w io.Writer) error {
	return writeMarkdown(w, func(say sayer) {
		for n := 1; n <= d.Copies; n++ {
			say("**%s**\n", d.marking())
			if d.Order != nil {
				d.markdownOrder(say, n)
			}
			if len(d.Pages) > 0 {
				d.markdownPack(say, n)
			}
			if d.Results != nil {
				d.markdownResults(say, n)
			}
			if d.Recall != nil {
				d.markdownRecall(say, n)
			}
			say("**%s**", d.marking())
			if n < d.Copies {
				say("\n---\n")
			}
		}
	})
}

// markdownTop is the head of a part: what it is, of which operation, which copy.
func (d *Document) markdownTop(say sayer, kind string, n int) {
	say("# %s\n", plain(d.title()))
	say("%s · %s · %s  \n%s\n", kind, d.window(), plain(d.made()), plain(d.copyOf(n)))
}

func (d *Document) markdownPack(say sayer, n int) {
	d.markdownTop(say, d.kind(), n)
	say("%s\n", plain(d.care()))
	if len(d.Withheld) > 0 {
		say("## %s\n", d.leftOut())
		for i := range d.Withheld {
			say("- **%s** %s", d.Withheld[i].Target, plain(d.Withheld[i].For(d.Audience)))
		}
		say("")
	}
	for i := range d.Pages {
		d.markdownPage(say, &d.Pages[i])
	}
}

func (d *Document) markdownPage(say sayer, p *model.Page) {
	say("## %d of %d  %s\n", p.No, p.Of, plain(p.Name))
	if len(p.Markers) == 0 {
		say("- %s", d.noMarkers())
	}
	for i := range p.Markers {
		say("- **%s** %s", p.Markers[i].Code, plain(markerText(&p.Markers[i])))
	}
	say("\n%s\n", plain(facts(p)))
	for _, row := range heads(p) {
		say("- %s", markdownRow(row))
	}
	say("- **Photo** %s", plain(photoWord(p)))
	for _, s := range p.Sections {
		say("\n### %s\n", plain(s.Head))
		for _, row := range s.Rows {
			say("- %s", markdownRow(row))
		}
	}
	say("")
}

func markdownRow(row [2]string) string {
	if row[0] == "" {
		return plain(row[1])
	}
	return "**" + plain(row[0]) + "** " + plain(row[1])
}

func markdownTable(say sayer, heads []string, rows [][]string) {
	say("| %s |", strings.Join(each(heads, plain), " | "))
	say("|%s", strings.Repeat(" --- |", len(heads)))
	for _, row := range rows {
		say("| %s |", strings.Join(each(row, plain), " | "))
	}
}

func photoWord(p *model.Page) string {
	if p.Photo == "" {
		return "none on record"
	}
	return p.Photo
}

// plain keeps Markdown from taking a word of the record for a sign of its own.
func plain(s string) string {
	return strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "!", `\!`,
	).Replace(s)
}
