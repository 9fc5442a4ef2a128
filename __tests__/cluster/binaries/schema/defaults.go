package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// defaults is what the probes say, in the form of the table.
type defaults struct {
	// by struct and field: the same value wherever it is not given, in every kind
	ofFields map[string]string
	// by kind and pattern: the same value wherever it is not given, in this kind but not in others
	ofKinds map[string]map[string]string
	// by struct and field, or by kind and pattern: the values seen where it is not given, null for none at all
	conditional map[string][]string
	// by struct and field: what was given and came back as something else, as pairs
	rewritten map[string][]string
	// fields whose quantities are rounded up to a thousandth, and pointers to what is lost when it is empty
	milli, emptyIsLost map[string]bool
}

// More than this says no more.
const mostSeen = 4

// Less than this proves nothing.
const fewestSeen = 3

const milliChange = `["100u","1m"]`

func (o observer) conclude() (*defaults, error) {
	d := &defaults{map[string]string{}, map[string]map[string]string{}, map[string][]string{}, map[string][]string{}, map[string]bool{}, map[string]bool{}}
	for _, owner := range slices.Sorted(maps.Keys(o)) {
		places := o[owner]
		if err := d.concludeChanges(owner, places); err != nil {
			return nil, err
		}
		if err := d.concludeFilled(owner, places); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (d *defaults) concludeFilled(owner string, places map[placeInKind]*seen) error {
	asked := 0
	always, all := map[string]bool{}, map[string]bool{}
	constant, varying := 0, 0
	for _, place := range places {
		if place.asked() == 0 {
			continue
		}
		asked += place.asked()
		for value := range place.filled {
			all[value] = true
		}
		if place.absent > 0 {
			all["null"] = true
		}
		switch {
		case place.isConstant():
			constant++
			always[place.value()] = true
		case len(place.filled) > 0:
			varying++
		}
	}
	if asked < fewestSeen && !strings.HasSuffix(owner, "[]") && !isTypeMeta(owner, places) {
		return fmt.Errorf("%s was left out in %d probes only: what fills it in is not known", owner, asked)
	}
	reached := 0
	for _, place := range places {
		if place.asked() > 0 {
			reached++
		}
	}
	entry := strings.HasSuffix(owner, ".*")
	switch {
	case constant+varying == 0:
	case constant == reached && len(always) == 1 && !entry:
		d.ofFields[owner] = slices.Collect(maps.Keys(always))[0]
	case varying == reached && !entry:
		d.conditional[owner] = listSeen(all)
	default:
		for where, place := range places {
			switch {
			case len(place.filled) == 0:
			case place.isConstant() && !entry:
				if d.ofKinds[where.kind] == nil {
					d.ofKinds[where.kind] = map[string]string{}
				}
				d.ofKinds[where.kind][where.pattern] = place.value()
			default:
				values := maps.Clone(place.filled)
				if place.absent > 0 {
					values["null"]++
				}
				d.conditional[where.kind+" "+where.pattern] = listSeen(values)
			}
		}
	}
	return nil
}

func (d *defaults) concludeChanges(owner string, places map[placeInKind]*seen) error {
	changes := map[string]bool{}
	rounded, exact, kept, lost := 0, 0, 0, 0
	for _, place := range places {
		for change := range place.changed {
			if change == milliChange {
				rounded++
			} else {
				changes[change] = true
			}
		}
		exact += place.exact
		kept += place.emptyKept
		lost += place.emptyLost
	}
	if rounded > 0 && exact > 0 {
		return fmt.Errorf("%s is rounded to a thousandth in some places only", owner)
	}
	if rounded > 0 {
		d.milli[strings.TrimSuffix(owner, ".*")] = true
	}
	if lost >= fewestSeen && kept == 0 {
		d.emptyIsLost[owner] = true
	}
	if len(changes) > 0 {
		d.rewritten[owner] = listSeen(changes)
	}
	return nil
}

// asked is how often nothing was given.
func (s *seen) asked() int {
	total := s.absent
	for _, count := range s.filled {
		total += count
	}
	return total
}

func (s *seen) isConstant() bool {
	return s.absent == 0 && len(s.filled) == 1 && s.value() != now
}

func (s *seen) value() string {
	return slices.Collect(maps.Keys(s.filled))[0]
}

// isTypeMeta: every probe names its kind.
func isTypeMeta(owner string, places map[placeInKind]*seen) bool {
	for where := range places {
		if where.pattern != "kind" && where.pattern != "apiVersion" {
			return false
		}
	}
	return true
}

func listSeen[Any interface{}](values map[string]Any) []string {
	sorted := slices.Sorted(maps.Keys(values))
	if len(sorted) > mostSeen {
		text, _ := json.Marshal(fmt.Sprintf("and %d more", len(sorted)-mostSeen))
		sorted = append(sorted[:mostSeen], string(text))
	}
	return sorted
}
