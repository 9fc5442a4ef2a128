// One program that is etcd, kube-apiserver, kube-controller-manager or kube-scheduler, by the name it is called under or by its first argument.
// One program links once and holds what all four share once: 120 MB instead of 295.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

func main() {
	if run(filepath.Base(os.Args[0])) {
		return
	}
	if len(os.Args) > 1 {
		// etcd reads os.Args by itself, so the name of the component has to stand where a program's name stands.
		os.Args = os.Args[1:]
		if run(os.Args[0]) {
			return
		}
	}
	fmt.Fprintln(os.Stderr, "call it as, or with the first argument: etcd, kube-apiserver, kube-controller-manager, kube-scheduler")
	os.Exit(2)
}

// run runs the named component and gives false when there is none of that name.
func run(component string) bool {
	switch component {
	case "etcd":
		etcdmain.Main(os.Args)
	case "kube-apiserver":
		runCommand(apiserver.NewAPIServerCommand())
	case "kube-controller-manager":
		runCommand(controllermanager.NewControllerManagerCommand())
	case "kube-scheduler":
		runCommand(scheduler.NewSchedulerCommand())
	default:
		return false
	}
	return true
}

func runCommand(command *cobra.Command) {
	os.Exit(cli.Run(command))
}
