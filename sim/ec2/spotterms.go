package ec2

import "strings"

// spotFamily is what was seen of a family: its median saving, and how many of its
// types were in each band of the share reclaimed in a month.
type spotFamily struct {
	saving float64
	bands  [5]int
}

// bandMiddle stands for the bands: below 5 %, to 10, to 15, to 20, above.
func bandMiddle() [5]float64 { return [5]float64{0.03, 0.075, 0.125, 0.175, 0.30} }

// spotFamilies are those of us-east-1, Linux, on 2025-06-28 (the Spot Instance
// advisor's data, as kept by its mirrors); every other family is taken for the
// average of all 894 types.
func spotFamilies() map[string]spotFamily {
	return map[string]spotFamily{
		"":    {0.66, [5]int{192, 138, 81, 82, 401}},
		"t3":  {0.65, [5]int{4, 1, 2, 0, 0}},
		"t4g": {0.63, [5]int{1, 1, 0, 0, 5}},
		"m5":  {0.69, [5]int{0, 0, 1, 3, 5}},
		"m6i": {0.645, [5]int{1, 1, 1, 1, 6}},
		"m6g": {0.68, [5]int{1, 2, 2, 3, 1}},
		"m7i": {0.65, [5]int{2, 2, 0, 2, 5}},
		"m7g": {0.64, [5]int{1, 5, 2, 0, 1}},
		"c5":  {0.66, [5]int{3, 4, 1, 0, 1}},
		"c6i": {0.65, [5]int{0, 6, 2, 2, 0}},
		"c6g": {0.71, [5]int{6, 3, 0, 0, 0}},
		"c7i": {0.62, [5]int{1, 1, 2, 1, 6}},
		"c7g": {0.70, [5]int{7, 2, 0, 0, 0}},
		"r5":  {0.69, [5]int{1, 0, 0, 1, 7}},
		"r6i": {0.705, [5]int{0, 0, 0, 0, 10}},
		"r6g": {0.69, [5]int{1, 1, 0, 1, 6}},
	}
}

// DefaultSpotTerms are those of a type's family.
func DefaultSpotTerms(name string) SpotTerms {
	family, _, _ := strings.Cut(name, ".")
	all := spotFamilies()
	f, ok := all[family]
	if !ok {
		f = all[""]
	}
	sum, n := 0.0, 0
	for k, middle := range bandMiddle() {
		sum, n = sum+float64(f.bands[k])*middle, n+f.bands[k]
	}
	return SpotTerms{Saving: f.saving, Interruption: sum / float64(n)}
}
