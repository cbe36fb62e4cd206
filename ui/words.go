package ui

import (
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
	"pou/ui/part"
)

// marking is the protective marking of every screen, top and bottom (GSCP 2024: capitals, and the originator's to change).
const marking = "OFFICIAL-SENSITIVE"

// soon is when a clock turns amber. Local policy.
const soon = 72 * time.Hour

// clockStyle is red for a clock that has run out, amber for one about to.
func clockStyle(left time.Duration) part.StyleID {
	switch {
	case left < 0:
		return part.StyleDanger
	case left < soon:
		return part.StyleWarn
	}
	return part.StyleText
}

// stateStyle keeps red for what is a danger now; what is over is grey.
func stateStyle(status string) part.StyleID {
	switch status {
	case string(model.NotCirculated), "not served", "overdue", "expired":
		return part.StyleDanger
	case string(model.BreachReported), string(model.BreachNeedMore), string(model.RUI), string(model.STACReferred), string(model.STACDeclined), "to follow up", model.MayBe:
		return part.StyleWarn
	case string(model.Eliminated), string(model.Withdrawn), string(model.Died), string(model.NotABreach), string(model.BreachDecided), string(model.BreachDismissed),
		string(model.TaskDone), string(model.TaskCancelled), string(model.NFA), string(model.Discharged), string(model.Superseded), "closed":
		return part.StyleDim
	}
	return part.StyleText
}

// glyph is a state as one sign, so that meaning never hangs on colour alone; the word always stands with it.
func glyph(th *part.Theme, status string) string {
	switch status {
	case string(model.NotCirculated):
		return th.Pick("◔", "!")
	case string(model.Circulated), string(model.TargetLive), string(model.TaskOpen), string(model.OperationPlanned):
		return th.Pick("○", "o")
	case string(model.Located), string(model.TaskStarted), string(model.BreachReview), string(model.STACAccepted), "live", "running":
		return th.Pick("◑", "/")
	case string(model.WasArrested), string(model.InCustody), string(model.Bailed):
		return th.Pick("●", "*")
	case string(model.RUI), string(model.BreachReported), string(model.BreachNeedMore), string(model.STACReferred), "to follow up", model.MayBe, "not served", "overdue", "expired":
		return th.Pick("◬", "?")
	case string(model.Charged), string(model.BreachSubstantiated), string(model.TargetCirculated):
		return th.Pick("◆", "#")
	case string(model.TaskDone), string(model.STACAdvised), onTheList:
		return th.Pick("✓", "v")
	case string(model.Eliminated), string(model.Withdrawn), string(model.Died), string(model.NotABreach), string(model.BreachDismissed), string(model.TaskCancelled), string(model.NFA), string(model.STACDeclined):
		return th.Pick("✕", "x")
	}
	return th.Pick("·", ".")
}

// age is how long ago, as a list has room for it: "" for no time.
func age(now, since time.Time) string {
	if since.IsZero() {
		return ""
	}
	return part.Ago(now.Sub(since))
}

// left is what is left of a day, as a list has room for it.
func left(now time.Time, due day.Date) (string, part.StyleID) {
	if due.IsZero() {
		return "", part.StyleDim
	}
	d := due.End().Sub(now)
	word := strings.TrimSuffix(part.Left(d), " left")
	if d > 60*24*time.Hour {
		word = due.Short()
		if due.Year() != day.On(now).Year() {
			word = due.Start().In(day.London()).Format("Jan 2006")
		}
	}
	return word, clockStyle(d)
}

// attemptWords says what has been tried: the middle of a wanted row.
func attemptWords(now time.Time, l *model.Line) (string, part.StyleID) {
	switch {
	case l.Kind == "arrest":
		return l.Status + " " + part.Ago(now.Sub(l.Since)), stateStyle(l.Status)
	case l.Kind == "target" && l.Attempts == 0:
		return "none yet", part.StyleDim
	case l.Attempts == 0 && now.Sub(l.Since) > model.NoAttemptAfter:
		return "no attempt " + age(now, l.Since), part.StyleWarn
	case l.Attempts == 0:
		return "no attempt", part.StyleDim
	}
	style := part.StyleText
	if now.Sub(l.LastAttempt) > model.NoAttemptAfter {
		style = part.StyleWarn
	}
	n := "1 attempt"
	if l.Attempts > 1 {
		n = itoa(l.Attempts) + " attempts"
	}
	return n + " " + age(now, l.LastAttempt), style
}

// ago is an age in a sentence.
func ago(d time.Duration) string {
	if word := part.Ago(d); word != "now" {
		return word + " ago"
	}
	return "just now"
}
