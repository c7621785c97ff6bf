package imports

import "strings"

// selected is Fn::Select.
func selected(index, list *Value) *Value {
	n, ok := index.number()
	if !ok || n < 0 || n >= float64(len(list.Items)) {
		return unknown("Fn::Select asks for item %s of a list that has fewer", index.shown())
	}
	return list.Items[int(n)]
}

// joined is Fn::Join.
func joined(separator string, list *Value) *Value {
	var parts []string
	size := 0
	for _, item := range list.Items {
		if item.Kind == Unknown {
			return unknown("%s", item.Text)
		}
		parts = append(parts, item.Text)
		if size += len(item.Text) + len(separator); size > mostBytes {
			return unknown("Fn::Join makes a text of more than %s", "64 KiB")
		}
	}
	return &Value{Kind: Text, Text: strings.Join(parts, separator)}
}

// split is Fn::Split.
func split(separator string, text *Value) *Value {
	if separator == "" {
		return unknown("Fn::Split wants a separator")
	}
	if len(text.Text) > mostBytes {
		return unknown("Fn::Split has a text of more than %s", "64 KiB")
	}
	out := &Value{Kind: List, Via: text.Via}
	for part := range strings.SplitSeq(text.Text, separator) {
		out.append(&Value{Kind: Text, Text: part})
	}
	return out
}
