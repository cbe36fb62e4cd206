// Package part holds the pieces screens are made of: table, form, box, floats, bars and the theme.
//
// It knows nothing of police work. Data comes in as values, a string of a known size goes out: every View returns exactly
// h lines of exactly w cells, so a screen can join parts without measuring them again. Whatever text reaches a part passes
// Safe before it reaches the terminal. Parts are pointers owned by one screen and are not safe for concurrent use.
package part
