// Package ui is how people meet the record in a terminal. One root model, [App], holds the frame; lists, the record and
// the units overview are screens in it, and what floats – forms, the box, help – are overlays on it.
//
// Update never waits: whatever touches the store is a command in commands.go, and its answer is a message. Every stored
// string passes part.Safe before it is drawn.
package ui
