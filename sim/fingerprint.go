package sim

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"math"
	"reflect"
	"slices"
)

// Fingerprint is a hash of plain values, all the way down, unexported fields
// included: equal values have equal fingerprints in every run of one program. An
// error means that a value holds something with no value of its own: a function, a
// channel.
func Fingerprint(values ...any) (string, error) {
	f := fingerprint{sha256.New()}
	for _, v := range values {
		if err := f.add(reflect.ValueOf(v)); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(f.sum.Sum(nil)), nil
}

type fingerprint struct{ sum hash.Hash }

func (f fingerprint) number(n uint64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], n)
	f.sum.Write(b[:]) // a hash never fails
}

func (f fingerprint) text(s string) {
	f.number(uint64(len(s)))
	f.sum.Write([]byte(s))
}

func (f fingerprint) add(v reflect.Value) error {
	if !v.IsValid() {
		f.text("nil")
		return nil
	}
	f.text(v.Type().String())
	switch v.Kind() {
	case reflect.Bool:
		f.text(fmt.Sprint(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		f.number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		f.number(v.Uint())
	case reflect.Float32, reflect.Float64:
		f.number(math.Float64bits(v.Float()))
	case reflect.String:
		f.text(v.String())
	case reflect.Pointer, reflect.Interface:
		return f.add(v.Elem())
	case reflect.Slice, reflect.Array:
		return f.each(v.Len(), v.Index)
	case reflect.Struct:
		return f.each(v.NumField(), v.Field)
	case reflect.Map:
		return f.table(v)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		if !v.IsNil() {
			return fmt.Errorf("sim: a %s has no fingerprint", v.Type())
		}
		f.text("nil")
	default:
		return fmt.Errorf("sim: a %s has no fingerprint", v.Type())
	}
	return nil
}

func (f fingerprint) each(n int, at func(int) reflect.Value) error {
	f.number(uint64(n))
	for i := range n {
		if err := f.add(at(i)); err != nil {
			return err
		}
	}
	return nil
}

// table adds the entries of a map by the order of their own fingerprints.
func (f fingerprint) table(v reflect.Value) error {
	var entries []string
	for it := v.MapRange(); it.Next(); {
		e := fingerprint{sha256.New()}
		if err := e.add(it.Key()); err != nil {
			return err
		}
		if err := e.add(it.Value()); err != nil {
			return err
		}
		entries = append(entries, string(e.sum.Sum(nil)))
	}
	slices.Sort(entries)
	for _, e := range entries {
		f.text(e)
	}
	return nil
}
