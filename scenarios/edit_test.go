package scenarios

import (
	"strings"
	"testing"

	"asgsim/scenarios/form"
)

const editable = `# mine
title = "a" # keep

[request]
cpu = "30ms"   # old
wait = {
  median = "5ms", p99 = "9ms" }

[request.measured]
rate = "10/s"

[load.shop.day_night]
peak = "9/s"
trough = "3/s"

# the last
[instance]
type = "c7g.large"
`

func TestEditsLeaveTheRestAlone(t *testing.T) {
	got, err := EditText(editable, []Edit{
		{"request.cpu", `{ mean = "20ms", cv = 0.7 }`, "new"}, {"request.wait", `"1ms"`, ""}, {"request.measured", "", "it goes"},
		{"load.shop", "", "recorded"}, {"load.recorded.hourly.rates", `["1/s"]`, ""}, {"load.recorded.hourly.shape", `"linear"`, ""}, {"instance.workers", "8", "limit"}})
	want := `# mine
title = "a" # keep

[request]
cpu = { mean = "20ms", cv = 0.7 }  # new
wait = "1ms"

# (it goes)
# [request.measured]
# rate = "10/s"

# (recorded)
# [load.shop.day_night]
# peak = "9/s"
# trough = "3/s"

# the last
[instance]
type = "c7g.large"
workers = 8  # limit

[load.recorded.hourly]
rates = ["1/s"]
shape = "linear"
`
	if err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestEditsThatCannotBeMade(t *testing.T) {
	for _, text := range []string{"request = { cpu = \"1ms\", wait = \"1s\" }\n", "[request]\nwait = \"1s\"\n[other]\nx = [{ cpu = 1 }]\nrequest.cpu = 1\n"} {
		if got, err := EditText(text, []Edit{{"request.cpu", `"2ms"`, ""}}); err == nil {
			if n, _ := form.Parse(got, ""); nodeAt(n, "request.cpu").TOML() != `"2ms"` {
				t.Errorf("%s", got)
			}
		} else if !strings.Contains(err.Error(), "request.cpu: ") {
			t.Error(err)
		}
	}
}

// FuzzEdit holds that an edit that is made makes exactly what it says: the key has its
// value, and all other keys have theirs.
func FuzzEdit(f *testing.F) {
	f.Add(editable, "request.cpu")
	f.Add("a.b = 1\n[a.c]\nd = \"\"\"\n[x]\n\"\"\"\n", "a.c.e")
	f.Add("[a]\nb = [\n1, # [a]\n2]\n", "a.b")
	f.Fuzz(func(t *testing.T, text, key string) {
		before, problems := form.Parse(text, "")
		if before == nil || len(problems) > 0 || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz._") != "" || strings.Contains("."+key+".", "..") {
			return
		}
		got, err := EditText(text, []Edit{{key, "12345", "note"}})
		if err != nil {
			return
		}
		after, _ := form.Parse(got, "")
		for _, k := range before.Table.Keys {
			if !strings.HasPrefix(key+".", k+".") && after.Table.Get(k).TOML() != before.Table.Get(k).TOML() {
				t.Fatalf("%s of\n%s\nbecame\n%s", k, text, got)
			}
		}
		if n := nodeAt(after, key); n == nil || n.TOML() != "12345" {
			t.Fatalf("%s is not set in\n%s", key, got)
		}
	})
}
