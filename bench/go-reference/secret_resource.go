package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

type secretResource struct{ client *client }

func newSecretResource() resource.Resource { return &secretResource{} }

func (r *secretResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_secret"
}

func (r *secretResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = secretSchema
}

func (r *secretResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	// Absent while Terraform only validates.
	r.client, _ = req.ProviderData.(*client)
}

func (r *secretResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan secretModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	made, err := r.client.createSecret(ctx, plan.createBody())
	if err != nil {
		explain(&resp.Diagnostics, "create", &plan, err)
		return
	}
	plan.takeComputed(made)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

func (r *secretResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state secretModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found, err := r.client.getSecret(ctx, state.ID.ValueString())
	if isNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		explain(&resp.Diagnostics, "read", &state, err)
		return
	}
	state.takeAll(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

func (r *secretResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state secretModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	changed, err := r.client.updateSecret(ctx, state.ID.ValueString(), plan.updateBody(&state))
	if err != nil {
		explain(&resp.Diagnostics, "change", &plan, err)
		return
	}
	plan.takeComputed(changed)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

func (r *secretResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state secretModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	err := r.client.deleteSecret(ctx, state.ID.ValueString(), state.ForceDestroy.ValueBool())
	if err != nil && !isNotFound(err) {
		explain(&resp.Diagnostics, "delete", &state, err)
	}
}

func (r *secretResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resource.ImportStatePassthroughID(ctx, path.Root("id"), req, resp)
}

func isNotFound(err error) bool {
	var refused *apiError
	return errors.As(err, &refused) && refused.Status == http.StatusNotFound
}

func explain(diagnostics *diag.Diagnostics, verb string, model *secretModel, err error) {
	diagnostics.AddError(fmt.Sprintf("Could not %s the secret %q.", verb, model.Name.ValueString()), fmt.Sprintf("%v.", err))
}
