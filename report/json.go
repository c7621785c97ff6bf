package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"reflect"
	"sort"
	"strings"

	"asgsim/report/clean"
	"asgsim/sim/account"
)

// WriteJSON writes the document as one indented JSON object. NaN and infinities,
// which JSON has no words for, are null.
func WriteJSON(w io.Writer, d *Document) error { return writeJSON(w, d) }

// WriteResult writes the document with what stands behind it, all but the
// timeline: every decision of a policy, every fault, every instance.
func WriteResult(w io.Writer, d *Document, res *account.Result) error {
	return writeJSON(w, struct {
		Document
		Decisions []decision  `json:"decisions"`
		Faults    []injection `json:"faults"`
		// Instances are by order of launch.
		Instances []InstanceRow `json:"instances"`
	}{*d, decisions(res), injections(res), InstanceRows(res)})
}

// decision is one evaluation of a policy.
type decision struct {
	At       string  `json:"at"`
	AtS      float64 `json:"at_s"`
	Policy   string  `json:"policy"`
	Metric   float64 `json:"metric"`
	Alarm    string  `json:"alarm"`
	Want     *int    `json:"want"` // null: no capacity asked for
	Desired  int     `json:"desired"`
	Result   int     `json:"result"`
	Why      string  `json:"why"`
	Blocking string  `json:"blocked_by"`
}

func decisions(res *account.Result) []decision {
	out := make([]decision, 0, len(res.Decisions))
	for _, x := range res.Decisions {
		d := decision{At: res.Config.Calendar.RFC3339(x.At), AtS: x.At.Seconds(), Policy: x.Policy, Metric: x.Metric,
			Alarm: x.Alarm, Desired: x.Desired, Result: x.Result, Why: x.Why, Blocking: x.Block.String()}
		if x.Want >= 0 {
			d.Want = &x.Want
		}
		out = append(out, d)
	}
	return out
}

// injection is one fault as it happened or was skipped.
type injection struct {
	Fault    string  `json:"fault"`
	Kind     string  `json:"kind"`
	At       string  `json:"at"`
	AtS      float64 `json:"at_s"`
	Instance string  `json:"instance"` // empty when skipped
	Skipped  string  `json:"skipped"`  // the reason
	Scripted bool    `json:"scripted"`
}

func injections(res *account.Result) []injection {
	out := make([]injection, 0, len(res.Faults))
	for _, x := range res.Faults {
		j := injection{Fault: x.Name, Kind: x.Kind, At: res.Config.Calendar.RFC3339(x.At), AtS: x.At.Seconds(), Skipped: x.Skipped, Scripted: x.Scripted}
		if x.Ordinal >= 0 && x.Ordinal < len(res.Instances) {
			j.Instance = res.Instances[x.Ordinal].ID
		}
		out = append(out, j)
	}
	return out
}

func writeJSON(w io.Writer, v any) error {
	var raw, out bytes.Buffer
	if err := encode(&raw, reflect.ValueOf(v)); err != nil {
		return fmt.Errorf("encode json: %w", err)
	}
	if err := json.Indent(&out, raw.Bytes(), "", "  "); err != nil {
		return fmt.Errorf("encode json: %w", err)
	}
	out.WriteByte('\n')
	_, err := w.Write(clean.JSON(out.Bytes()))
	return err
}

// encode writes v as encoding/json does, with null for NaN and infinities and
// with [] for lists that are not there.
func encode(b *bytes.Buffer, v reflect.Value) error {
	switch v.Kind() {
	case reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			b.WriteString("null")
			return nil
		}
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("null")
			return nil
		}
		return encode(b, v.Elem())
	case reflect.Struct:
		b.WriteByte('{')
		if err := encodeFields(b, v, new(int)); err != nil {
			return err
		}
		b.WriteByte('}')
		return nil
	case reflect.Slice:
		b.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := encode(b, v.Index(i)); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case reflect.Map:
		return encodeMap(b, v)
	}
	leaf, err := json.Marshal(v.Interface())
	b.Write(leaf)
	return err
}

func encodeFields(b *bytes.Buffer, v reflect.Value, n *int) error {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			if err := encodeFields(b, v.Field(i), n); err != nil {
				return err
			}
			continue
		case name == "-" || !f.IsExported() || (options == "omitempty" && v.Field(i).IsZero()):
			continue
		case name == "":
			name = f.Name
		}
		if *n > 0 {
			b.WriteByte(',')
		}
		*n++
		fmt.Fprintf(b, "%q:", name)
		if err := encode(b, v.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

func encodeMap(b *bytes.Buffer, v reflect.Value) error {
	keys := make([]string, 0, v.Len())
	for _, k := range v.MapKeys() {
		keys = append(keys, k.String())
	}
	sort.Strings(keys)
	b.WriteByte('{')
	for i, k := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(b, "%q:", k)
		if err := encode(b, v.MapIndex(reflect.ValueOf(k))); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

// WriteValue writes any other value of a report so.
func WriteValue(w io.Writer, v any) error { return writeJSON(w, v) }
