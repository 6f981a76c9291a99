package main

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var secretSchema = schema.Schema{
	Description: "A named value that workloads receive when they start.",
	Attributes: map[string]schema.Attribute{
		"id": schema.StringAttribute{
			Computed:      true,
			Description:   "Id of the secret. It survives renames.",
			PlanModifiers: keepFromState,
		},
		"organization_id": schema.StringAttribute{
			Optional:    true,
			Computed:    true,
			Description: "Organization it belongs to. Else the one that the token belongs to.",
			PlanModifiers: []planmodifier.String{
				stringplanmodifier.UseStateForUnknown(),
				stringplanmodifier.RequiresReplace(),
			},
		},
		"name": schema.StringAttribute{
			Required:    true,
			Description: "Name, unique in its scope.",
			Validators:  []validator.String{stringvalidator.LengthBetween(1, 200)},
		},
		"category": schema.StringAttribute{
			Optional:    true,
			Computed:    true,
			Default:     stringdefault.StaticString("other"),
			Description: "What kind of credential it is.",
			Validators: []validator.String{stringvalidator.OneOf(
				"provider_credential", "infrastructure_credential", "integration_credential", "agent_secret", "other",
			)},
		},
		"description": schema.StringAttribute{
			Optional:    true,
			Description: "What it is for.",
		},
		"storage": schema.StringAttribute{
			Optional:      true,
			Computed:      true,
			Description:   "Where the value lies: `local`, `remote` or `managed`.",
			PlanModifiers: keepFromState,
			Validators:    []validator.String{stringvalidator.OneOf("local", "remote", "managed")},
		},
		"value": schema.StringAttribute{
			Optional:    true,
			Sensitive:   true,
			Description: "The value of a local or managed secret.",
			Validators: []validator.String{
				stringvalidator.ConflictsWith(path.MatchRoot("remote_path"), path.MatchRoot("remote_key")),
			},
		},
		"provider_id": schema.StringAttribute{
			Optional:    true,
			Description: "The secret provider that has the value.",
		},
		"remote_path": schema.StringAttribute{
			Optional:    true,
			Description: "Path of a remote secret in its provider.",
			Validators:  []validator.String{stringvalidator.AlsoRequires(path.MatchRoot("provider_id"))},
		},
		"remote_key": schema.StringAttribute{
			Optional:    true,
			Description: "Key within the stored object.",
		},
		"remote_version": schema.StringAttribute{
			Optional:    true,
			Description: "Version to read; the newest when left out.",
		},
		"expires_at": schema.StringAttribute{
			Optional:    true,
			Description: "When the value should have been replaced.",
		},
		"force_destroy": schema.BoolAttribute{
			Optional:    true,
			Computed:    true,
			Default:     booldefault.StaticBool(false),
			Description: "Destroy it although envs refer to it.",
		},
		"value_fingerprint": schema.StringAttribute{
			Computed:    true,
			Description: "Keyed fingerprint of a value that is kept.",
		},
		"version": schema.StringAttribute{
			Computed:    true,
			Description: "Number of the current version of a value that is kept.",
		},
	},
}

var keepFromState = []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
