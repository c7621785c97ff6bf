package scenarios

import (
	"os"
	"testing"
)

func TestLibrary(t *testing.T) {
	for _, name := range Names() {
		src, err := Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Load(src, OpenShipped, Options{})
		if err != nil {
			t.Errorf("%s:\n%v", name, err)
			continue
		}
		for i := range s.Configs {
			s.Configs[i].Show(os.Stdout)
			for _, w := range s.Configs[i].Warnings {
				t.Log(w)
			}
		}
	}
}
