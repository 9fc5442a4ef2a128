package main

import (
	"math/rand/v2"
	"reflect"

	corev1 "k8s.io/api/core/v1"
)

// filler makes objects of which some fields are given and others are not, by chance. The chance is the same in every run.
type filler struct {
	*rand.Rand
	// what may stand in a field, by its full name
	enums map[string][]string
	// how likely a struct behind a pointer, in a list or in a map is there
	structure float64
	depth     map[reflect.Type]int
}

// fillStruct fills a struct. Of unions only one member makes sense, so now and then a struct gets one pointer, or none at all.
func (f *filler) fillStruct(value reflect.Value, skip string) {
	goType := value.Type()
	if f.depth[goType] > 1 {
		return
	}
	f.depth[goType]++
	defer func() { f.depth[goType]-- }()
	fields := listFields(goType)
	leaves := []float64{0, 0.5, 1}[f.IntN(3)]
	one, alone := -1, f.structure < 1 && f.Float64() < 0.4
	if alone && len(fields) > 0 && f.Float64() < 0.75 {
		one = f.IntN(len(fields))
	}
	for i, field := range fields {
		if field.name == skip {
			continue
		}
		chance := leaves
		if holdsStructs(field.goType) {
			chance = f.structure
			if alone && i == one {
				chance = 1
			} else if alone {
				chance = 0
			}
		}
		f.fill(value.FieldByIndex(field.index), chance, field)
	}
	if mend, ok := mends[goType]; ok {
		mend(value.Addr().Interface())
	}
}

// holdsStructs tells what places are within of from leaves, and from lists and maps of leaves.
func holdsStructs(goType reflect.Type) bool {
	for isStructure(goType) && goType.Kind() != reflect.Struct {
		goType = goType.Elem()
	}
	return isStructure(goType)
}

// isStructure tells pointers to structs, lists and maps from leaves.
func isStructure(goType reflect.Type) bool {
	_, leaf := special[goType]
	switch goType.Kind() {
	case reflect.Pointer:
		return isStructure(goType.Elem())
	case reflect.Struct:
		return !leaf
	case reflect.Map:
		return true
	case reflect.Slice:
		return goType.Elem().Kind() != reflect.Uint8
	}
	return false
}

func (f *filler) fill(value reflect.Value, chance float64, at goField) {
	goType := value.Type()
	if _, leaf := special[goType]; goType.Kind() == reflect.Struct && !leaf {
		f.fillStruct(value, "")
		return
	}
	if f.Float64() >= chance {
		return
	}
	switch {
	case goType == reflect.TypeFor[corev1.ResourceList]():
		list := corev1.ResourceList{}
		for range 1 + f.IntN(2) {
			list[corev1.ResourceName(f.pick("cpu", "memory", "hugepages-2Mi"))] = f.quantity()
		}
		value.Set(reflect.ValueOf(list))
	case goType.Kind() == reflect.Pointer:
		value.Set(reflect.New(goType.Elem()))
		if f.Float64() < 0.75 {
			f.fill(value.Elem(), 1, at)
		}
	case goType.Kind() == reflect.Slice && goType.Elem().Kind() != reflect.Uint8:
		value.Set(reflect.MakeSlice(goType, 1+f.IntN(2), 2))
		for i := range value.Len() {
			f.fill(value.Index(i), 1, at)
		}
	case goType.Kind() == reflect.Map:
		value.Set(reflect.MakeMap(goType))
		inner := reflect.New(goType.Elem()).Elem()
		f.fill(inner, 1, at)
		value.SetMapIndex(reflect.ValueOf("key").Convert(goType.Key()), inner)
	default:
		f.fillLeaf(value, at)
	}
}
