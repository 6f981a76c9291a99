// Go-reference is what `npm run bench` compares our Terraform provider with: one resource with the
// arguments of our agyn_secret, against the same API, as a Go author would write it on
// terraform-plugin-framework. It is measured and never shipped.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
)

func main() {
	// The address of ours, so that both are measured with the same configuration.
	options := providerserver.ServeOpts{Address: "registry.terraform.io/agynio/agyn"}
	if err := providerserver.Serve(context.Background(), newProvider, options); err != nil {
		log.Fatal(err)
	}
}
