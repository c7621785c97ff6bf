// Package chart draws a run as pictures: PNG at twice the usual resolution, or SVG.
//
// gonum/plot supplies fonts, canvases and axes; the house style is ours: panels
// that share their left and right edges, a time axis in the scenario's zone,
// legends beside the panel titles, names at the ends of lines, no frames. Figures
// on tiles are read from the Summary and the curves from the same Result, and a
// test compares them. The same Result gives the same bytes.
//
// Lengths are points (1/72 inch); the x axis is seconds since the start of the
// run. Open report.go first, then panel.go.
package chart
