package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"asgsim/report/clean"
)

// errNoResult is text that holds no JSON object.
var errNoResult = errors.New("is no JSON object of a result")

// members splits a JSON object. Names that differ in case alone are one: encoding/json
// takes either, and of two the last, so what stands there twice says two things.
func members(path string, text []byte) (map[string]json.RawMessage, error) {
	in := json.NewDecoder(bytes.NewReader(text))
	if open, err := in.Token(); err != nil || open != json.Delim('{') {
		return nil, errNoResult
	}
	all, seen := map[string]json.RawMessage{}, map[string]bool{}
	for in.More() {
		key, err := in.Token()
		name, ok := key.(string)
		var value json.RawMessage
		if err != nil || !ok || in.Decode(&value) != nil {
			return nil, errNoResult
		}
		folded := strings.ToLower(name)
		if seen[folded] {
			return nil, fmt.Errorf("has %s twice", clean.Short(path+name, 80))
		}
		seen[folded], all[name] = true, value
	}
	if _, err := in.Token(); err != nil { // the end of the object
		return nil, errNoResult
	}
	if rest, err := in.Token(); err == nil || rest != nil {
		return nil, errNoResult
	}
	return all, nil
}

// once checks that no object within a value says anything twice.
func once(path string, text []byte) error {
	switch text[0] {
	case '{':
		all, err := members(path+".", text)
		if err != nil {
			return err
		}
		for name, value := range all {
			if err := once(path+"."+name, value); err != nil {
				return err
			}
		}
	case '[':
		var all []json.RawMessage
		if json.Unmarshal(text, &all) != nil {
			return errNoResult
		}
		for i, value := range all {
			if err := once(fmt.Sprintf("%s[%d]", path, i), value); err != nil {
				return err
			}
		}
	}
	return nil
}
