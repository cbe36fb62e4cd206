// Package chart draws what is to be seen at once: a map of London, a timeline, a heat map of the week, columns by day or week, and the
// pair of before and after.
//
// Every chart is a value: fill it, then ask it for one of two things.
//
//   - Draw(theme, w, h) is text for a terminal: exactly h lines of exactly w cells, every line leaving no style behind. Nothing is told by
//     colour alone; with an ASCII theme it uses no other letters.
//   - Scene(w, h) is the same for paper, as lines, polygons and words in points. [Scene.SVG] and [Scene.PDF] are the two ways out of one
//     scene: the same bytes for the same chart, every time.
//
// A chart says what its data says and no more: a cell is drawn as the area it serves, never as a dot within it; a scale, the number behind
// a shade and the time zone are always written; a map names whose geography it shows. The words for what data may mean are the caller's,
// from model/atlas.
package chart
