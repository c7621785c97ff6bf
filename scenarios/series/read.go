package series

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// Read reads a series and passes its rows on, ascending by time. column names the values'
// column or series, which may be empty where there is one alone. Rows that are beyond most
// are an error, and what add returns ends the reading. Errors name the line.
func Read(from io.Reader, column string, most int, add func(Row) error) (*Info, error) {
	in := bufio.NewReaderSize(from, 1<<16)
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) { // a byte order mark
		_, _ = in.Discard(3)
	}
	b := &bounded{most: most, add: add}
	begin, err := in.Peek(in.Size())
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) && len(begin) == 0 {
		return nil, err
	}
	text := bytes.TrimLeft(begin, " \t\r\n")
	if test, ok := isLoadTest(text); ok {
		return readLoadTest(in, test, b)
	}
	switch {
	case len(text) > 0 && (text[0] == '{' || text[0] == '['):
		return readJSON(in, column, b)
	case isAccessLog(begin):
		return readAccessLog(in, b)
	case isVegetaBinary(begin):
		return nil, errVegetaBinary
	}
	return readTable(in, column, b)
}
