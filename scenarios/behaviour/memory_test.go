package behaviour

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
)

// endless is an access log of so many bytes, a thousand requests a second, made as it is
// read; it looks at the heap every 16 MiB.
type endless struct {
	left, request int
	line          []byte
	since         int
	highest       uint64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) && e.left > 0 {
		if len(e.line) == 0 {
			at := e.request / 1000
			clock := fmt.Sprintf("2026-11-%02dT%02d:%02d:%02d", 1+at/86400, at/3600%24, at/60%60, at%60)
			e.line = fmt.Appendf(e.line, "https %s.%06dZ app/web/50dc 203.0.113.7:51424 10.0.1.17:8080 0.001 0.%03d 0.000 200 200 512 14870 \"GET https://shop.example:443/cart?%d HTTP/1.1\" \"ua\" TLS_AES_128_GCM_SHA256 TLSv1.3 arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/web/01 \"Root=1-%08x\" \"shop.example\" \"-\" 10 %s.%06dZ \"forward\" \"-\" \"-\" \"10.0.1.17:8080\" \"200\" \"-\" \"-\" TID_x\n",
				clock, e.request%1000*1000, e.request%400, e.request, e.request, clock, e.request%1000*1000)
			e.request++
		}
		k := copy(p[n:], e.line)
		e.line = e.line[k:]
		n, e.left = n+k, e.left-k
	}
	if e.since += n; e.since > 16<<20 {
		e.since = 0
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		e.highest = max(e.highest, m.HeapAlloc)
	}
	return n, nil
}

// An access log of a gigabyte takes no more memory than one of a twentieth of it: what is
// kept grows with the seconds it spans, not with its lines. ASGSIM_STUDY=1.
func TestAGigabyteOfLogTakesLittleMemory(t *testing.T) {
	if os.Getenv("ASGSIM_STUDY") == "" {
		t.Skip("half a minute: set ASGSIM_STUDY=1")
	}
	const most = 64 << 20
	log := &endless{left: 1 << 30}
	r := NewRecord(nil)
	if err := r.Read("a.log", log); err != nil {
		t.Fatal(err)
	}
	if err := r.Done(); err != nil {
		t.Fatal(err)
	}
	if log.highest > most {
		t.Errorf("the heap reached %d MB, want at most %d", log.highest>>20, most>>20)
	}
	if said := strings.Join(r.Said, " "); !strings.Contains(said, "requests") {
		t.Errorf("says %q", said)
	}
	t.Logf("1 GiB, %d requests: the heap reached %d MB", log.request, log.highest>>20)
}
