package scenarios

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Opener opens a file named by a scenario. Relative paths are relative to the
// scenario's folder.
type Opener func(path string) (io.ReadCloser, error)

// whichFiles says what a scenario may name.
const whichFiles = "only regular files in the scenario's folder or below are read, paths are relative to it; --allow-path DIR allows another folder"

// refuse is the opener of scenarios that may not open files.
func refuse(path string) (io.ReadCloser, error) {
	return nil, fmt.Errorf("cannot open %s: no files here", path)
}

// limited is a file that is read as long as bytes are left.
type limited struct {
	io.ReadCloser
	left *int64
}

// Unpacked is what a file holds, which may be compressed by gzip.
func Unpacked(f io.ReadCloser) (io.ReadCloser, error) {
	in := bufio.NewReader(f)
	if mark, _ := in.Peek(2); string(mark) != "\x1f\x8b" {
		return both{inUTF8(in), f}, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, errors.Join(errors.New("is not whole: gzip cannot read it"), f.Close())
	}
	return both{inUTF8(bufio.NewReader(z)), f}, nil
}

// inUTF8 reads text in UTF-16 that begins with a byte order mark, as PowerShell's > and
// Excel write it, as UTF-8; all else as it is.
func inUTF8(in *bufio.Reader) io.Reader {
	switch mark, _ := in.Peek(2); string(mark) {
	case "\xff\xfe", "\xfe\xff":
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	}
	return in
}

// both reads from one and closes the other.
type both struct {
	io.Reader
	io.Closer
}

// Read fails at the first byte that is too many.
func (l *limited) Read(p []byte) (int, error) {
	if *l.left < 0 {
		return 0, errors.New("is beyond the bytes that all files a scenario names may have; --max-file-size allows more")
	}
	if int64(len(p)) > *l.left+1 {
		p = p[:*l.left+1]
	}
	n, err := l.ReadCloser.Read(p)
	*l.left -= int64(n)
	return n, err
}
