package main

import (
	"reflect"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

// Words that defaulting looks at, where the OpenAPI definitions do not list what is allowed. By the full
// name of the field, or by its type.
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
	"core/v1.ImageVolumeSource.reference": images,
	"core/v1.EphemeralContainer.image":    images,
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
