package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
)

// table is what is written.
type table struct {
	version  string
	kinds    []kind
	structs  *structs
	defaults *defaults
}

// write writes JSON with one line for each kind and each struct, so that a new minor version is a readable diff.
func (t table) write(to io.Writer) error {
	kinds := map[string]string{}
	for _, one := range t.kinds {
		kinds[one.name()] = t.describeKind(one)
	}
	structs := map[string]string{}
	for name, fields := range t.structs.fields {
		structs[name] = t.describeFields(fields)
	}
	out := bufio.NewWriter(to)
	_, _ = out.WriteString("{\n\"kubernetes\": " + quote(t.version) + ",\n")
	writeMap(out, "kinds", kinds, ",")
	writeMap(out, "structs", structs, ",")
	writeMap(out, "conditional", joinValues(t.defaults.conditional), ",")
	writeMap(out, "rewritten", joinValues(t.defaults.rewritten), "")
	_, _ = out.WriteString("}\n")
	return out.Flush()
}

// describeKind gives the name of the struct, with the defaults of this kind only where there are some.
func (t table) describeKind(one kind) string {
	name := quote(nameOf(one.goType))
	own := t.defaults.ofKinds[one.name()]
	if len(own) == 0 {
		return name
	}
	return "[" + name + "," + joinMap(own) + "]"
}

func (t table) describeFields(fields []field) string {
	var texts []string
	for _, one := range fields {
		spelling := one.spelling
		if t.defaults.milli[one.fullName] {
			spelling = strings.Replace(spelling, "quantity", "milli-quantity", 1)
		}
		if t.defaults.emptyIsLost[one.fullName] {
			spelling = strings.TrimPrefix(spelling, "*")
		}
		text := quote(spelling)
		if value, ok := t.defaults.ofFields[one.fullName]; ok {
			text = "[" + text + "," + value + "]"
		}
		texts = append(texts, quote(one.name)+":"+text)
	}
	return "{" + strings.Join(texts, ",") + "}"
}

func writeMap(out *bufio.Writer, name string, lines map[string]string, end string) {
	var texts []string
	for _, key := range slices.Sorted(maps.Keys(lines)) {
		texts = append(texts, quote(key)+": "+lines[key])
	}
	_, _ = out.WriteString(quote(name) + ": {\n" + strings.Join(texts, ",\n") + "\n}" + end + "\n")
}

func joinMap(values map[string]string) string {
	var texts []string
	for _, key := range slices.Sorted(maps.Keys(values)) {
		texts = append(texts, quote(key)+":"+values[key])
	}
	return "{" + strings.Join(texts, ",") + "}"
}

func joinValues(lists map[string][]string) map[string]string {
	joined := map[string]string{}
	for key, values := range lists {
		joined[key] = "[" + strings.Join(values, ",") + "]"
	}
	return joined
}

// quote writes JSON; `<` and `>` need no escapes, as nothing here goes into HTML.
func quote(value interface{}) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(out.String(), "\n")
}
