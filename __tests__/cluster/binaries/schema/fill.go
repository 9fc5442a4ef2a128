package main

import (
	"math/rand/v2"
	"reflect"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Words that defaulting looks at, where the OpenAPI definitions do not list what is allowed. By type name, else by field name.
var words = map[string][]string{
	"AllocationConfigSource":              {"FromClass", "FromClaim"},
	"ConversionStrategyType":              {"None", "Webhook"},
	"ContainerRestartPolicy":              {"Always"},
	"DeviceAllocationMode":                {"ExactCount", "All"},
	"HPAScalingPolicyType":                {"Pods", "Percent"},
	"LimitResponseType":                   {"Queue", "Reject"},
	"LimitType":                           {"Pod", "Container", "PersistentVolumeClaim"},
	"MetricSourceType":                    {"Object", "Pods", "Resource", "ContainerResource", "External"},
	"MetricTargetType":                    {"Utilization", "Value", "AverageValue"},
	"PriorityLevelEnablement":             {"Exempt", "Limited"},
	"ResourceName":                        {"cpu", "memory"},
	"ResourceScope":                       {"Cluster", "Namespaced"},
	"ScalingPolicySelect":                 {"Max", "Min", "Disabled"},
	"SecretType":                          {"Opaque", "kubernetes.io/service-account-token"},
	"SubjectKind":                         {"User", "Group", "ServiceAccount"},
	"rbac/v1.Subject.kind":                {"User", "Group", "ServiceAccount"},
	"core/v1.Container.image":             images,
	"core/v1.ImageVolumeSource.reference": {"a/b", "a/b:latest", "a:5000/b", "a:5000/b:1", "a/b@" + digest},
	"core/v1.EphemeralContainer.image":    images,
	"autoscaling/v1.HorizontalPodAutoscalerSpec.scaleTargetRef": {"Deployment"},
	"apiextensions/v1.CustomResourceDefinitionNames.kind":       {"Thing"},
}

// What validation refuses, and would show defaults that no object has. See pkg/apis/*/validation of each group.
var mends = map[reflect.Type]func(interface{}){
	reflect.TypeFor[appsv1.DeploymentStrategy](): func(value interface{}) {
		if strategy := value.(*appsv1.DeploymentStrategy); strategy.Type == appsv1.RecreateDeploymentStrategyType {
			strategy.RollingUpdate = nil
		}
	},
	reflect.TypeFor[apiextensionsv1.CustomResourceConversion](): func(value interface{}) {
		if conversion := value.(*apiextensionsv1.CustomResourceConversion); conversion.Webhook != nil {
			conversion.Strategy = apiextensionsv1.WebhookConverter
		}
	},
}

// A quantity that resource lists round up to a thousandth.
const finest = "100u"

const digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

var images = []string{"a/b", "a/b:latest", "a:5000/b", "a:5000/b:1", "a/b@" + digest}

// The one time that is ever given, so that another one was filled in.
var given = time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)

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
