package main

import (
	"reflect"
	"regexp"
	"sort"
	"strconv"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/install"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	_ "k8s.io/kubernetes/pkg/apis/apiserverinternal/install"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/authentication/install"
	_ "k8s.io/kubernetes/pkg/apis/authorization/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/certificates/install"
	_ "k8s.io/kubernetes/pkg/apis/coordination/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/discovery/install"
	_ "k8s.io/kubernetes/pkg/apis/events/install"
	_ "k8s.io/kubernetes/pkg/apis/extensions/install"
	_ "k8s.io/kubernetes/pkg/apis/flowcontrol/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/node/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/resource/install"
	_ "k8s.io/kubernetes/pkg/apis/scheduling/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"
	_ "k8s.io/kubernetes/pkg/apis/storagemigration/install"
)

// kind is one served kind, with the scheme that fills in its defaults.
type kind struct {
	gvk    schema.GroupVersionKind
	scheme *runtime.Scheme
	// struct type, no pointer
	goType reflect.Type
}

// name is `v1/Pod` or `apps/v1/Deployment`.
func (k kind) name() string {
	return k.gvk.GroupVersion().String() + "/" + k.gvk.Kind
}

// What is posted to the API server but never kept by it, or kept only for itself: no chart can contain it.
var neverKept = regexp.MustCompile(`Review$|^(Binding|ComponentStatus|Eviction|PodStatusResult|RangeAllocation|Scale|TokenRequest)$`)

// listKinds gives every kind that a server of this version can serve and that is stored, by name.
func listKinds() []kind {
	own := runtime.NewScheme()
	apiextensions.Install(own)
	apiregistration.Install(own)
	var kinds []kind
	for _, scheme := range []*runtime.Scheme{legacyscheme.Scheme, own} {
		for gvk, goType := range scheme.AllKnownTypes() {
			metadata, ok := goType.FieldByName("ObjectMeta")
			if !ok || metadata.Type != reflect.TypeFor[metav1.ObjectMeta]() || gvk.Version == runtime.APIVersionInternal {
				continue
			}
			if !neverKept.MatchString(gvk.Kind) && !isRemoved(goType) {
				kinds = append(kinds, kind{gvk, scheme, goType})
			}
		}
	}
	sort.Slice(kinds, func(a, b int) bool { return kinds[a].name() < kinds[b].name() })
	return kinds
}

// isRemoved tells whether servers of this version refuse to serve the type, by the same generated method they ask.
func isRemoved(goType reflect.Type) bool {
	lifecycle, ok := reflect.New(goType).Interface().(interface{ APILifecycleRemoved() (major, minor int) })
	if !ok {
		return false
	}
	major, minor := lifecycle.APILifecycleRemoved()
	return major < 1 || (major == 1 && minor <= findMinor())
}

func findMinor() int {
	minor, err := strconv.Atoi(regexp.MustCompile(`^v1\.(\d+)\.`).FindStringSubmatch(findVersion())[1])
	if err != nil {
		panic(err)
	}
	return minor
}
