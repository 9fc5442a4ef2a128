package main

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"reflect"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"
	apimachinery "k8s.io/apimachinery/pkg/runtime"
)

const probes = 300

// observeAll runs the probes of all kinds, as many at a time as there are processors.
func observeAll(kinds []kind, enums map[string][]string) (observer, error) {
	all := observer{}
	var lock sync.Mutex
	var group errgroup.Group
	group.SetLimit(runtime.NumCPU())
	for _, one := range kinds {
		group.Go(func() error {
			seen := observer{}
			err := one.observe(seen, enums)
			lock.Lock()
			defer lock.Unlock()
			all.merge(seen)
			return err
		})
	}
	return all, group.Wait()
}

// observe runs the probes of one kind.
func (k kind) observe(o observer, enums map[string][]string) error {
	seed := fnv.New64a()
	_, _ = seed.Write([]byte(k.name()))
	random := rand.New(rand.NewPCG(seed.Sum64(), 0))
	for i := range probes {
		// Every third has all the structure, so that each place is reached; what depends on the rest being absent is seen in the others.
		structure := []float64{1, 0.5, 0.8}[i%3]
		f := &filler{Rand: random, enums: enums, structure: structure, depth: map[reflect.Type]int{}}
		value := reflect.New(k.goType)
		f.fillStruct(value.Elem(), "status")
		object := value.Interface().(apimachinery.Object)
		object.GetObjectKind().SetGroupVersionKind(k.gvk)
		before, err := toJSON(object)
		if err != nil {
			return err
		}
		served, err := k.tryServe(object)
		if err != nil {
			return fmt.Errorf("%s: %w", k.name(), err)
		}
		after, err := toJSON(served)
		if err != nil {
			return err
		}
		o.compare(k.goType, before, after, k.name(), "", "status")
	}
	return nil
}
