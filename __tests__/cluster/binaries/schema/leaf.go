package main

import (
	"reflect"
	"time"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// fillLeaf gives a leaf some value that is not its zero.
func (f *filler) fillLeaf(value reflect.Value, at goField) {
	switch goType := value.Type(); goType {
	case reflect.TypeFor[metav1.Time]():
		value.Set(reflect.ValueOf(metav1.NewTime(given)))
	case reflect.TypeFor[metav1.MicroTime]():
		value.Set(reflect.ValueOf(metav1.NewMicroTime(given)))
	case reflect.TypeFor[metav1.Duration]():
		value.Set(reflect.ValueOf(metav1.Duration{Duration: time.Minute}))
	case reflect.TypeFor[resource.Quantity]():
		value.Set(reflect.ValueOf(f.quantity()))
	case reflect.TypeFor[intstr.IntOrString]():
		value.Set(reflect.ValueOf([]intstr.IntOrString{intstr.FromInt32(7), intstr.FromString("7%")}[f.IntN(2)]))
	case reflect.TypeFor[runtime.RawExtension]():
		value.Set(reflect.ValueOf(runtime.RawExtension{Raw: []byte(`{"apiVersion":"a/v1","kind":"B"}`)}))
	case reflect.TypeFor[metav1.FieldsV1]():
		value.Set(reflect.ValueOf(metav1.FieldsV1{Raw: []byte(`{"f:a":{}}`)}))
	case reflect.TypeFor[apiextensionsv1.JSON]():
		value.Set(reflect.ValueOf(apiextensionsv1.JSON{Raw: []byte(`"a"`)}))
	case reflect.TypeFor[apiextensionsv1.JSONSchemaPropsOrBool]():
		value.Set(reflect.ValueOf(apiextensionsv1.JSONSchemaPropsOrBool{Allows: true}))
	case reflect.TypeFor[apiextensionsv1.JSONSchemaPropsOrArray]():
		value.Set(reflect.ValueOf(apiextensionsv1.JSONSchemaPropsOrArray{Schema: &apiextensionsv1.JSONSchemaProps{Type: "string"}}))
	case reflect.TypeFor[apiextensionsv1.JSONSchemaPropsOrStringArray]():
		value.Set(reflect.ValueOf(apiextensionsv1.JSONSchemaPropsOrStringArray{Property: []string{"a"}}))
	default:
		switch goType.Kind() {
		case reflect.Bool:
			value.SetBool(true)
		case reflect.Int, reflect.Int32, reflect.Int64:
			value.SetInt(int64(7 + f.IntN(2)))
		case reflect.Uint32, reflect.Uint64:
			value.SetUint(7)
		case reflect.Float32, reflect.Float64:
			value.SetFloat(7)
		case reflect.Slice:
			value.SetBytes([]byte("bytes"))
		case reflect.String:
			value.SetString(f.pick(f.findWords(goType, at)...))
		default:
			panic(goType.String() + " is no leaf")
		}
	}
}

// findWords gives what may stand in a string: what is said in words.go, else what the OpenAPI definitions allow.
func (f *filler) findWords(goType reflect.Type, at goField) []string {
	if found, ok := words[at.fullName]; ok {
		return found
	}
	if found, ok := words[goType.Name()]; ok {
		return found
	}
	if found := f.enums[at.fullName]; len(found) > 0 {
		return found
	}
	return []string{"word", "other"}
}

// quantity is below a thousandth now and then, which resource lists do not keep.
func (f *filler) quantity() resource.Quantity {
	return resource.MustParse(f.pick("1", "2", finest))
}

func (f *filler) pick(from ...string) string {
	return from[f.IntN(len(from))]
}
