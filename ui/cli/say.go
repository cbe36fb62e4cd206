package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

// The exit codes of the contract.
const (
	exitDone   = 0
	exitNo     = 1 // refused or not found
	exitUsage  = 2
	exitStore  = 3 // busy, damaged or unreachable
	exitDenied = 4
)

// usageError is wrong usage of a command: what is wrong, and which help page to read.
type usageError struct{ what, page string }

func (e *usageError) Error() string { return e.what + ". See " + e.page }

func usage(cmd *cobra.Command, format string, args ...any) error {
	page := "pou help"
	if path := cmd.CommandPath(); path != cmd.Root().Name() {
		page += strings.TrimPrefix(path, cmd.Root().Name())
	}
	return &usageError{fmt.Sprintf(format, args...), page}
}

// storeError is a store that could not be opened, or is not sound.
type storeError struct{ err error }

func (e *storeError) Error() string { return e.err.Error() }
func (e *storeError) Unwrap() error { return e.err }

// outcome is an exit code for an answer that has been given; says is the sentence for stderr.
type outcome struct {
	code int
	says string
}

func (e *outcome) Error() string { return e.says }

// say prints an error as one sentence and returns its exit code.
func (a *app) say(err error) int {
	_, _ = fmt.Fprintln(a.env.Err, sentence(err))
	return exitCode(err)
}

// note tells the officer something beside the answer.
func (a *app) note(format string, args ...any) {
	_, _ = fmt.Fprintln(a.env.Err, part.Safe(fmt.Sprintf(format, args...)))
}

func sentence(err error) string {
	text := err.Error()
	if errors.Is(err, context.Canceled) {
		text = "stopped before it was finished; what was done so far stands"
	}
	var path *fs.PathError
	if errors.As(err, &path) && errors.Is(err, fs.ErrNotExist) {
		text = "there is no file " + path.Path
	}
	text = part.Safe(strings.Join(strings.Split(text, "\n"), "; "))
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}

func exitCode(err error) int {
	var use *usageError
	var bad *storeError
	var out *outcome
	switch {
	case errors.As(err, &use):
		return exitUsage
	case errors.As(err, &out):
		return out.code
	case errors.As(err, &bad), storeFault(err):
		return exitStore
	}
	if p, ok := model.AsProblem(err); ok {
		switch p.Code {
		case model.Denied:
			return exitDenied
		case model.Busy:
			return exitStore
		case model.Invalid, model.Conflict, model.NotFound:
		}
	}
	return exitNo
}

// storeFault reports an error that is the store's and not the request's.
func storeFault(err error) bool {
	for _, fault := range []error{store.ErrLocked, store.ErrForeign, store.ErrDamaged, store.ErrReadOnly, store.ErrFull, store.ErrCutOff} {
		if errors.Is(err, fault) {
			return true
		}
	}
	return false
}

// flagError says what is wrong with a flag in plain words.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return usage(cmd, "there is no flag %s", dashed(unknown.GetSpecifiedName()))
	case errors.As(err, &empty):
		return usage(cmd, "%s needs a value", dashed(empty.GetSpecifiedName()))
	case errors.As(err, &bad):
		return usage(cmd, "%q is not a %s for --%s", bad.GetValue(), valueWord(bad.GetFlag().Value.Type()), bad.GetFlag().Name)
	}
	return usage(cmd, "%s", err)
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

func valueWord(flagType string) string {
	switch flagType {
	case "int", "int64", "uint64", "uint":
		return "whole number"
	case "bool":
		return "yes or no"
	}
	return "value"
}

// noCommand refuses words after pou that are no command.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usage(cmd, "there is no command %q; did you mean %s?", args[0], strings.Join(near, " or "))
	}
	return usage(cmd, "there is no command %q", args[0])
}

// wants checks how many words follow a command: what names them.
func wants(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usage(cmd, "%s is missing", what)
		case most >= 0 && len(args) > most && most == 0:
			return usage(cmd, "%q is one word too many", args[0])
		case most >= 0 && len(args) > most:
			return usage(cmd, "%q is one word too many; give %s", args[most], what)
		}
		return nil
	}
}
