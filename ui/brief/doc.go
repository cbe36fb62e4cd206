// Package brief puts a briefing pack on paper – targets, the operation order, results, a recall – as PDF, as one
// self-contained HTML file, or as Markdown. What goes in has been redacted by the model ([model.PagesEach],
// [model.OrderOnPaper], [model.NewRecallNotice]); this package adds nothing to it and looks nothing up. The same document
// gives the same bytes: it carries the time it was made, and reads no clock.
package brief
