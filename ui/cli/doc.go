// Package cli is the command line: every command, its output and its exit code, and the plain line-by-line mode.
//
// Stdout carries only the answer; whatever else there is to say goes to stderr, a sentence a line. A command opens the
// store, works out who is acting, does one thing and closes the store, which writes the consultations to the journal.
package cli
