package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// serve does to an object what the API server does between a request and a later read, short of validation and of each kind's own
// strategy: defaults, the internal form, the stored version, and all that again on the way back.
func (k kind) serve(object runtime.Object) (runtime.Object, error) {
	stored, err := k.convert(object, k.storedVersion())
	if err != nil {
		return nil, err
	}
	kept, err := storeAndLoad(stored)
	if err != nil {
		return nil, err
	}
	return k.convert(kept, k.gvk.GroupVersion())
}

func (k kind) convert(object runtime.Object, to schema.GroupVersion) (runtime.Object, error) {
	k.scheme.Default(object)
	internal, err := k.scheme.ConvertToVersion(object, schema.GroupVersion{Group: k.gvk.Group, Version: runtime.APIVersionInternal})
	if err != nil {
		return nil, err
	}
	return k.scheme.ConvertToVersion(internal, to)
}

// storedVersion is the version that has this kind and comes first in the order of its group.
func (k kind) storedVersion() schema.GroupVersion {
	for _, version := range k.scheme.PrioritizedVersionsForGroup(k.gvk.Group) {
		if k.scheme.Recognizes(version.WithKind(k.gvk.Kind)) {
			return version
		}
	}
	return k.gvk.GroupVersion()
}

// storeAndLoad writes and reads an object as etcd has it: in protobuf where the type knows it, else in JSON.
func storeAndLoad(object runtime.Object) (runtime.Object, error) {
	kept := reflect.New(reflect.TypeOf(object).Elem()).Interface()
	if message, ok := object.(interface{ Marshal() ([]byte, error) }); ok {
		data, err := message.Marshal()
		if err != nil {
			return nil, err
		}
		if err := kept.(interface{ Unmarshal([]byte) error }).Unmarshal(data); err != nil {
			return nil, err
		}
	} else {
		data, err := json.Marshal(object)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, kept); err != nil {
			return nil, err
		}
	}
	return kept.(runtime.Object), nil
}

type jsonObject = map[string]interface{}

// toJSON is the object as a client gets it.
func toJSON(object runtime.Object) (jsonObject, error) {
	data, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	tree := jsonObject{}
	return tree, decoder.Decode(&tree)
}

// tryServe also turns a panic into an error: code that is given what validation would refuse may rely on it.
func (k kind) tryServe(object runtime.Object) (result runtime.Object, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("panic: %v", problem)
		}
	}()
	return k.serve(object)
}
