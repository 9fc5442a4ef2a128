package main

import (
	"encoding/json"
	"reflect"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// describe writes a value as JSON; the time of the run is no value of its own.
func describe(goType reflect.Type, value interface{}) string {
	if goType == reflect.TypeFor[metav1.Time]() || goType == reflect.TypeFor[metav1.MicroTime]() {
		return now
	}
	return quote(value)
}

func describeChange(before, after interface{}) string {
	return quote([]interface{}{before, after})
}

func isEmpty(value interface{}) bool {
	switch value := value.(type) {
	case nil:
		return true
	case string:
		return value == ""
	case bool:
		return !value
	case json.Number:
		return value == "0"
	case jsonObject:
		return len(value) == 0
	case []interface{}:
		return len(value) == 0
	}
	return false
}

func isSame(a, b interface{}) bool { return reflect.DeepEqual(a, b) }

func toObject(value interface{}) jsonObject {
	object, _ := value.(jsonObject)
	return object
}

func toList(value interface{}) []interface{} {
	list, _ := value.([]interface{})
	return list
}
