package main

import (
	"reflect"
	"strings"

	"k8s.io/kube-openapi/pkg/common"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"k8s.io/kubernetes/pkg/generated/openapi"
)

// openAPI finds how values merge, in the definitions that the API server serves at /openapi.
type openAPI struct {
	definitions map[string]common.OpenAPIDefinition
}

func newOpenAPI() *openAPI {
	ref := func(path string) spec.Ref { return spec.MustCreateRef("#/" + path) }
	return &openAPI{openapi.GetOpenAPIDefinitions(ref)}
}

// merging is what the schema of a field, or of a type, says about how its values merge.
type merging struct{ schema *spec.Schema }

// find looks at one field of a struct.
func (o *openAPI) find(goType reflect.Type, field string) merging {
	definition := o.definition(goType)
	property, ok := definition.Schema.Properties[field]
	if !ok {
		panic(goType.String() + "." + field + " is not in the OpenAPI definitions")
	}
	return merging{&property}
}

// ofStruct looks at a struct type itself.
func (o *openAPI) ofStruct(goType reflect.Type) merging {
	schema := o.definition(goType).Schema
	return merging{&schema}
}

func (o *openAPI) definition(goType reflect.Type) common.OpenAPIDefinition {
	definition, ok := o.definitions[goType.PkgPath()+"."+goType.Name()]
	if !ok {
		panic(goType.String() + " is not in the OpenAPI definitions")
	}
	return definition
}

// or gives this, unless it says nothing. A field may make granular what its type makes atomic.
func (m merging) or(other merging) merging {
	if m.text("x-kubernetes-map-type") == "" {
		return other
	}
	return m
}

// inner is about the elements of a list or the values of a map.
func (m merging) inner() merging {
	switch {
	case m.schema.Items != nil && m.schema.Items.Schema != nil:
		return merging{m.schema.Items.Schema}
	case m.schema.AdditionalProperties != nil && m.schema.AdditionalProperties.Schema != nil:
		return merging{m.schema.AdditionalProperties.Schema}
	}
	return merging{&spec.Schema{}}
}

func (m merging) markAtomic() string {
	if m.text("x-kubernetes-map-type") == "atomic" {
		return "!"
	}
	return ""
}

// listKeys follows getListElementRelationship in k8s.io/kube-openapi/pkg/schemaconv: where no list type is given, the older
// patch strategy counts. Empty is atomic, `=` a set.
func (m merging) listKeys() string {
	switch m.text("x-kubernetes-list-type") {
	case "map":
		keys, _ := m.schema.Extensions.GetStringSlice("x-kubernetes-list-map-keys")
		if len(keys) == 0 {
			panic("a keyed list without keys")
		}
		return strings.Join(keys, ",")
	case "set":
		return "="
	case "atomic":
		return ""
	}
	if !strings.HasPrefix(m.text("x-kubernetes-patch-strategy"), "merge") {
		return ""
	}
	if key := m.text("x-kubernetes-patch-merge-key"); key != "" {
		return key
	}
	return "="
}

func (m merging) text(extension string) string {
	text, _ := m.schema.Extensions.GetString(extension)
	return text
}

// enum gives the strings that are allowed, of the field or of the elements of a list.
func (m merging) enum() []string {
	allowed := m.schema.Enum
	if len(allowed) == 0 {
		allowed = m.inner().schema.Enum
	}
	var texts []string
	for _, one := range allowed {
		if text, ok := one.(string); ok && text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}
