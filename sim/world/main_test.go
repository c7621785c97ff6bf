package world

import (
	"flag"
	"os"
	"testing"
)

// TestMain draws 20 configurations for each property where -rapid.checks does not say
// otherwise: new ones every time, of which .ci/run looks at many more.
func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		if err := flag.Set("rapid.checks", "20"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
