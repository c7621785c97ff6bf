package prices

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
)

// growingList is a list of a size, made while it is read: nothing of it is stored.
type growingList struct {
	head, tail string
	row        func(i int) string
	left       int // bytes
	rows       int
	rest       string
	most       uint64 // bytes of the heap, looked at now and then
}

func (g *growingList) Read(p []byte) (int, error) {
	for g.rest == "" {
		switch {
		case g.head != "":
			g.rest, g.head = g.head, ""
		case g.left > 0:
			g.rest = g.row(g.rows)
			g.rows++
			g.left -= len(g.rest)
			if g.rows%20_000 == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				g.most = max(g.most, m.HeapAlloc)
			}
		case g.tail != "":
			g.rest, g.tail = g.tail, ""
		default:
			return 0, io.EOF
		}
	}
	n := copy(p, g.rest)
	g.rest = g.rest[n:]
	return n, nil
}

// The memory that a list takes does not grow with its size: 6 MB here, with ASGSIM_STUDY=1
// 1 GB, of each form.
func TestMemoryIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("a fifth of a second or more")
	}
	size := 6 << 20
	if os.Getenv("ASGSIM_STUDY") != "" {
		size = 1 << 30
	}
	kind := func(i int) string { return fmt.Sprintf("m%d.large", i%900) }
	header, _, _ := strings.Cut(asCSV(offers()), "\n"+`A,`)
	line := asCSV(offers()[:1])[len(header)+1:]
	filler := strings.Repeat("informational ", 60)
	product := `"A%d":{"sku":"A%d","productFamily":"Compute Instance","attributes":{"regionCode":"eu-central-1","instanceType":"%s","vcpu":"2","memory":"8 GiB","operatingSystem":"Linux","tenancy":"Shared","preInstalledSw":"NA","capacitystatus":"Used"}},`
	var products strings.Builder
	for i := range 900 {
		fmt.Fprintf(&products, product, i, i, kind(i))
	}
	for name, g := range map[string]*growingList{
		"csv": {head: header + "\n", row: func(i int) string {
			return strings.ReplaceAll(line, "m7i.large", kind(i))
		}},
		"json": {head: `{"publicationDate":"2026-11-01","products":{` + strings.TrimSuffix(products.String(), ",") + `},"terms":{"OnDemand":{"none":{}`, tail: "}}}", row: func(i int) string {
			return fmt.Sprintf(`,"A%d":{"T":{"priceDimensions":{"R":{"unit":"Hrs","beginRange":"0","description":"%s","pricePerUnit":{"USD":"0.1"}}}}}`, i, filler)
		}},
		"ec2instances": {head: "[{}", tail: "]", row: func(i int) string {
			return fmt.Sprintf(`,{"instance_type":"%s","vCPU":2,"memory":8,"about":"%s","pricing":{"eu-central-1":{"linux":{"ondemand":"0.1"}}}}`, kind(i), filler)
		}},
	} {
		g.left = size
		got, err := Read(g, Options{Date: "2026-11-01"})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(got) != 1 || len(got[0].Types) != 900 {
			t.Errorf("%s: %d regions", name, len(got))
		}
		if g.most > 64<<20 {
			t.Errorf("%s: %d MB of heap for a list of %d MB", name, g.most>>20, size>>20)
		}
	}
}
