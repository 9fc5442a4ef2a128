package main

import (
	"bufio"
	"encoding/json"
	"io"
	"maps"
	"slices"
)

// table is what is written.
type table struct {
	version string
	kinds   []kind
	structs *structs
}

// write writes JSON with one line for each kind and each struct, so that a new minor version is a readable diff.
func (t table) write(to io.Writer) error {
	out := bufio.NewWriter(to)
	line := func(text string) { _, _ = out.WriteString(text + "\n") }
	line("{")
	line(`"kubernetes": ` + quote(t.version) + ",")
	line(`"kinds": {`)
	for i, one := range t.kinds {
		line(quote(one.name()) + ": " + quote(nameOf(one.goType)) + comma(i, len(t.kinds)))
	}
	line("},")
	line(`"structs": {`)
	names := slices.Sorted(maps.Keys(t.structs.fields))
	for i, name := range names {
		text := quote(name) + ": {"
		fields := t.structs.fields[name]
		for j, field := range fields {
			text += quote(field.name) + ":" + quote(field.spelling) + comma(j, len(fields))
		}
		line(text + "}" + comma(i, len(names)))
	}
	line("}")
	line("}")
	return out.Flush()
}

func comma(index, length int) string {
	if index < length-1 {
		return ","
	}
	return ""
}

func quote(value interface{}) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}
