package main

import (
	"maps"
	"reflect"

	"k8s.io/apimachinery/pkg/api/resource"
)

// seen is what became of one place of one kind, over all probes.
type seen struct {
	// how often nothing was given and nothing came of it
	absent int
	// what came where nothing was given, as JSON
	filled map[string]int
	// how often an empty value that was given through a pointer stayed, and how often it did not
	emptyKept, emptyLost int
	// what was given and came back as something else, as JSON: `[from,to]`
	changed map[string]int
	// how often a quantity below a thousandth stayed as it was given
	exact int
}

// The time of the run, where it was filled in.
const now = `"NOW"`

// placeInKind is a kind with a pattern: `v1/Pod spec.containers[].image`.
type placeInKind struct{ kind, pattern string }

// observer collects what is seen, by struct and field.
type observer map[string]map[placeInKind]*seen

func (o observer) at(owner string, where placeInKind) *seen {
	if o[owner] == nil {
		o[owner] = map[placeInKind]*seen{}
	}
	if o[owner][where] == nil {
		o[owner][where] = &seen{filled: map[string]int{}, changed: map[string]int{}}
	}
	return o[owner][where]
}

// merge takes over what was seen of other kinds.
func (o observer) merge(other observer) {
	for owner, places := range other {
		if o[owner] == nil {
			o[owner] = map[placeInKind]*seen{}
		}
		maps.Copy(o[owner], places)
	}
}

// compare looks at one struct before and after. Both are as JSON has them; what is not a pointer is absent when it is empty.
func (o observer) compare(goType reflect.Type, before, after jsonObject, kindName, prefix, skip string) {
	for _, field := range listFields(goType) {
		if field.name == skip {
			continue
		}
		pattern := field.name
		if prefix != "" {
			pattern = prefix + "." + field.name
		}
		where := placeInKind{kindName, pattern}
		o.compareField(field.fullName, where, field.goType, before[field.name], after[field.name])
	}
}

func (o observer) compareField(owner string, where placeInKind, goType reflect.Type, before, after interface{}) {
	pointer := goType.Kind() == reflect.Pointer
	if pointer {
		goType = goType.Elem()
	}
	switch {
	case !isStructure(goType):
		o.compareLeaf(owner, where, goType, pointer, before, after)
	case goType.Kind() == reflect.Struct && !pointer:
		o.compare(goType, toObject(before), toObject(after), where.kind, where.pattern, "")
	case goType.Kind() == reflect.Struct:
		if before == nil || after == nil {
			o.compareLeaf(owner, where, goType, pointer, before, after)
			return
		}
		if isEmpty(before) {
			o.at(owner, where).emptyKept++
		}
		o.compare(goType, toObject(before), toObject(after), where.kind, where.pattern, "")
	case goType.Kind() == reflect.Map:
		o.compareMap(owner, where, goType, toObject(before), toObject(after))
	default:
		given, got := toList(before), toList(after)
		if len(given) == 0 || len(given) != len(got) {
			o.compareLeaf(owner, where, goType, pointer, before, after)
			return
		}
		inner := placeInKind{where.kind, where.pattern + "[]"}
		for i := range given {
			o.compareField(owner+"[]", inner, toPointer(goType.Elem()), given[i], got[i])
		}
	}
}

func (o observer) compareMap(owner string, where placeInKind, goType reflect.Type, before, after jsonObject) {
	inner := placeInKind{where.kind, where.pattern + ".*"}
	added := false
	for key, got := range after {
		given, ok := before[key]
		if !ok {
			added = true
			o.at(owner+".*", inner).filled[quote(jsonObject{key: got})]++
			continue
		}
		o.compareField(owner+".*", inner, toPointer(goType.Elem()), given, got)
	}
	for key, given := range before {
		if _, ok := after[key]; !ok {
			o.at(owner+".*", inner).changed[describeChange(given, nil)]++
		}
	}
	if !added {
		o.at(owner+".*", inner).absent++
	}
}

func (o observer) compareLeaf(owner string, where placeInKind, goType reflect.Type, pointer bool, before, after interface{}) {
	seen := o.at(owner, where)
	if !pointer && isEmpty(before) {
		before = nil
	}
	if !pointer && isEmpty(after) {
		after = nil
	}
	if goType == reflect.TypeFor[resource.Quantity]() && !pointer && before == "0" {
		// A quantity that is no pointer is always written.
		before = nil
	}
	switch {
	case before == nil && after == nil:
		seen.absent++
	case before == nil:
		seen.filled[describe(goType, after)]++
	case isEmpty(before) && isSame(before, after):
		seen.emptyKept++
	case isEmpty(before):
		seen.emptyLost++
		seen.changed[describeChange(before, after)]++
	case !isSame(before, after):
		seen.changed[describeChange(before, after)]++
	case before == finest:
		seen.exact++
	}
}

// toPointer: an element of a list is there, empty or not.
func toPointer(goType reflect.Type) reflect.Type {
	if goType.Kind() == reflect.Struct || goType.Kind() == reflect.Pointer {
		return goType
	}
	if _, leaf := special[goType]; leaf || !isStructure(goType) {
		return reflect.PointerTo(goType)
	}
	return goType
}
