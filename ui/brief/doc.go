// Package brief puts a briefing pack on paper: PDF, one self-contained HTML file, or Markdown. What goes in has been
// redacted by [model.PagesOf]; this package adds nothing to it and looks nothing up. The same document gives the same
// bytes: it carries the time it was made, and reads no clock.
package brief
