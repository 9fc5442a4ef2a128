// Writes, as JSON to standard output, what Kubernetes' own code knows about the built-in kinds: their fields, how lists merge, and defaults.
// Nothing is parsed from sources: types are read by reflection, list types from the OpenAPI definitions that the API server serves, and
// defaults are seen by running the scheme as the API server does. `npm run schema-tables` in the repository's root keeps the result.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
)

func main() {
	kinds := listKinds()
	structs := newStructs()
	for _, kind := range kinds {
		structs.addRoot(kind)
	}
	if err := writeTable(kinds, structs); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writeTable(kinds []kind, structs *structs) error {
	observer, err := observeAll(kinds, structs.enums)
	if err != nil {
		return err
	}
	defaults, err := observer.conclude()
	if err != nil {
		return err
	}
	return table{findVersion(), kinds, structs, defaults}.write(os.Stdout)
}

// findVersion gives the version of Kubernetes that this program was built with.
func findVersion() string {
	info, ok := debug.ReadBuildInfo()
	if ok {
		for _, dependency := range info.Deps {
			if dependency.Path == "k8s.io/kubernetes" {
				return dependency.Version
			}
		}
	}
	panic("this program was built without k8s.io/kubernetes")
}
