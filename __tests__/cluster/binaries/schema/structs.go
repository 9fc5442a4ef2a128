package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"

	corev1 "k8s.io/api/core/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Types that write their JSON themselves, so that reflection would tell what they are not.
var special = map[reflect.Type]string{
	reflect.TypeFor[metav1.Time]():        "string",
	reflect.TypeFor[metav1.MicroTime]():   "string",
	reflect.TypeFor[metav1.Duration]():    "duration",
	reflect.TypeFor[resource.Quantity]():  "quantity",
	reflect.TypeFor[intstr.IntOrString](): "any",
	// Kept as it was written, an empty object too.
	reflect.TypeFor[runtime.RawExtension](): "*any",
	reflect.TypeFor[metav1.FieldsV1]():      "any",
	reflect.TypeFor[apiextensionsv1.JSON](): "any",
	// Either a schema or something else (a boolean, a list); a schema in all that is accepted as structural.
	reflect.TypeFor[apiextensionsv1.JSONSchemaPropsOrBool]():        nameOf(reflect.TypeFor[apiextensionsv1.JSONSchemaProps]()),
	reflect.TypeFor[apiextensionsv1.JSONSchemaPropsOrArray]():       nameOf(reflect.TypeFor[apiextensionsv1.JSONSchemaProps]()),
	reflect.TypeFor[apiextensionsv1.JSONSchemaPropsOrStringArray](): "any",
}

// field is one field of a struct as JSON has it.
type field struct {
	goField
	// how it is written in the table, see spell
	spelling string
}

// structs are all struct types that kinds are made of, by their short names.
type structs struct {
	lists  *openAPI
	fields map[string][]field
	// the strings that a field may have, by its full name
	enums map[string][]string
}

func newStructs() *structs {
	return &structs{newOpenAPI(), map[string][]field{}, map[string][]string{}}
}

// addRoot adds a kind's struct without its status, which is no part of a comparison.
func (s *structs) addRoot(root kind) {
	s.add(root.goType, func(name string) bool { return name != "status" })
}

func (s *structs) add(goType reflect.Type, wanted func(name string) bool) {
	name := nameOf(goType)
	all := listFields(goType)
	if _, ok := s.fields[name]; ok {
		return
	}
	s.fields[name] = nil
	var fields []field
	for _, one := range all {
		if wanted(one.name) {
			merging := s.lists.find(goType, one.name)
			s.enums[one.fullName] = merging.enum()
			fields = append(fields, field{one, s.spell(one.goType, merging)})
		}
	}
	s.fields[name] = fields
}

type goField struct {
	name   string
	goType reflect.Type
	// how to reach it from the struct it is inlined into
	index []int
	// the struct's short name and the field's: `core/v1.Container.image`
	fullName string
}

var knownFields sync.Map

// listFields gives the fields of a struct as encoding/json has them, those of inlined structs among them.
func listFields(goType reflect.Type) []goField {
	if known, ok := knownFields.Load(goType); ok {
		return known.([]goField)
	}
	fields := readFields(goType)
	knownFields.Store(goType, fields)
	return fields
}

func readFields(goType reflect.Type) []goField {
	var fields []goField
	for i := range goType.NumField() {
		one := goType.Field(i)
		name, options, _ := strings.Cut(one.Tag.Get("json"), ",")
		switch {
		case name == "-" || !one.IsExported():
		case name != "":
			fields = append(fields, goField{name, one.Type, []int{i}, nameOf(goType) + "." + name})
		case one.Anonymous || strings.Contains(options, "inline"):
			for _, inner := range listFields(one.Type) {
				fields = append(fields, goField{inner.name, inner.goType, append([]int{i}, inner.index...), nameOf(goType) + "." + inner.name})
			}
		default:
			panic(fmt.Sprintf("%s.%s has no JSON name", goType, one.Name))
		}
	}
	return fields
}

// spell writes a type down:
//
//	string number boolean any bytes duration quantity milli-quantity   a leaf
//	core/v1.PodSpec      a struct
//	*T                   a pointer: absent is not the same as empty
//	[]T [=]T [a,b]T      a list: atomic, a set, keyed by a and b
//	{}T                  a map
//	!T                   a struct or map that is one value to managedFields
func (s *structs) spell(goType reflect.Type, merging merging) string {
	if goType.Kind() == reflect.Pointer {
		return "*" + s.spell(goType.Elem(), merging)
	}
	if name, ok := special[goType]; ok {
		if strings.Contains(name, "/") {
			s.add(reflect.TypeFor[apiextensionsv1.JSONSchemaProps](), everyField)
		}
		return name
	}
	if reflect.PointerTo(goType).Implements(reflect.TypeFor[json.Marshaler]()) {
		panic(fmt.Sprintf("%s writes its JSON itself: say in structs.go what that is", goType))
	}
	if goType == reflect.TypeFor[corev1.ResourceList]() {
		return merging.markAtomic() + "{}quantity"
	}
	switch goType.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Struct:
		s.add(goType, everyField)
		return merging.or(s.lists.ofStruct(goType)).markAtomic() + nameOf(goType)
	case reflect.Slice:
		if goType.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		return "[" + merging.listKeys() + "]" + s.spell(goType.Elem(), merging.inner())
	case reflect.Map:
		return merging.markAtomic() + "{}" + s.spell(goType.Elem(), merging.inner())
	}
	panic(fmt.Sprintf("%s is of no kind that JSON knows", goType))
}

func everyField(string) bool { return true }

// nameOf shortens a type's full name: `core/v1.PodSpec`.
func nameOf(goType reflect.Type) string {
	parts := strings.Split(goType.PkgPath(), "/")
	return strings.Join(parts[len(parts)-2:], "/") + "." + goType.Name()
}
