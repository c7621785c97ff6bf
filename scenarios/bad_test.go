package scenarios

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the expected messages")

// beside opens files in the folder of the test data.
func beside(folder string) Opener {
	return func(path string) (io.ReadCloser, error) { return os.Open(filepath.Join(folder, path)) }
}

// Every file of testdata/bad is refused with the messages beside it.
func TestBadFilesSayWhatIsWrongAndWhatToDo(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	files, err := filepath.Glob("testdata/bad/*.toml")
	if err != nil || len(files) < 50 {
		t.Fatalf("only %d bad files: %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".toml")
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Load(Source{Name: name + ".toml", Text: text}, beside("testdata/bad"), Options{})
			if err == nil {
				t.Fatal("it is accepted")
			}
			var problems Problems
			if !errors.As(err, &problems) {
				t.Fatalf("the error is a %T", err)
			}
			for _, p := range problems {
				if p.Pos.Line == 0 && p.Rule != "is missing" && !strings.Contains(p.Rule, "no load") {
					t.Errorf("no place: %v", p)
				}
			}
			golden := strings.TrimSuffix(file, ".toml") + ".txt"
			got := ""
			for _, p := range problems { // all of them, also those beyond what is printed
				got += p.Error() + "\n"
			}
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), got); d != "" {
				t.Error(d)
			}
		})
	}
}
