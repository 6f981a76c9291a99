package main

import (
	"context"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type agynProvider struct{}

func newProvider() provider.Provider { return &agynProvider{} }

type providerModel struct {
	APIURL   types.String `tfsdk:"api_url"`
	APIToken types.String `tfsdk:"api_token"`
}

func (p *agynProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "agyn"
}

func (p *agynProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		Description: "Registers secrets with agyn-secrets.",
		Attributes: map[string]schema.Attribute{
			"api_url": schema.StringAttribute{
				Optional:    true,
				Description: "Address of the API. Else the environment variable `AGYN_API_URL`.",
			},
			"api_token": schema.StringAttribute{
				Optional:    true,
				Sensitive:   true,
				Description: "Token of an owner, or of an admin. Else the environment variable `AGYN_API_TOKEN`.",
			},
		},
	}
}

func (p *agynProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	url := valueOrEnvironment(config.APIURL, "AGYN_API_URL")
	if url == "" {
		resp.Diagnostics.AddAttributeError(path.Root("api_url"), "The provider does not know where the API is.",
			"Set `api_url`, or the environment variable AGYN_API_URL.")
	}
	token := valueOrEnvironment(config.APIToken, "AGYN_API_TOKEN")
	if token == "" {
		resp.Diagnostics.AddAttributeError(path.Root("api_token"), "The provider has no token.",
			"Set `api_token`, or the environment variable AGYN_API_TOKEN.")
	}
	if resp.Diagnostics.HasError() {
		return
	}
	client := newClient(url, token)
	// Asked first, so that a wrong token is told once and not for each resource.
	if err := client.whoAmI(ctx); err != nil {
		resp.Diagnostics.AddError("The API does not let the provider in.", fmt.Sprintf("%v.", err))
		return
	}
	resp.ResourceData = client
}

func (p *agynProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{newSecretResource}
}

func (p *agynProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func valueOrEnvironment(value types.String, name string) string {
	if value.IsNull() || value.IsUnknown() {
		return os.Getenv(name)
	}
	return value.ValueString()
}
