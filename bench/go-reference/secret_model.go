package main

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// An agyn_secret in Terraform's configuration, plan and state.
type secretModel struct {
	ID               types.String `tfsdk:"id"`
	OrganizationID   types.String `tfsdk:"organization_id"`
	Name             types.String `tfsdk:"name"`
	Category         types.String `tfsdk:"category"`
	Description      types.String `tfsdk:"description"`
	Storage          types.String `tfsdk:"storage"`
	Value            types.String `tfsdk:"value"`
	ProviderID       types.String `tfsdk:"provider_id"`
	RemotePath       types.String `tfsdk:"remote_path"`
	RemoteKey        types.String `tfsdk:"remote_key"`
	RemoteVersion    types.String `tfsdk:"remote_version"`
	ExpiresAt        types.String `tfsdk:"expires_at"`
	ForceDestroy     types.Bool   `tfsdk:"force_destroy"`
	ValueFingerprint types.String `tfsdk:"value_fingerprint"`
	Version          types.String `tfsdk:"version"`
}

// What a new secret is made of: every argument that is given.
func (m *secretModel) createBody() map[string]any {
	body := map[string]any{}
	for key, value := range m.arguments() {
		if !value.IsNull() && !value.IsUnknown() {
			body[key] = value.ValueString()
		}
	}
	return body
}

// A JSON Merge Patch from `prior`: what changed, with null for what is gone.
func (m *secretModel) updateBody(prior *secretModel) map[string]any {
	body := map[string]any{}
	before := prior.arguments()
	for key, value := range m.arguments() {
		if !value.IsUnknown() && !value.Equal(before[key]) {
			body[key] = value.ValueStringPointer()
		}
	}
	delete(body, "organizationId")
	return body
}

func (m *secretModel) arguments() map[string]types.String {
	return map[string]types.String{
		"organizationId": m.OrganizationID,
		"name":           m.Name,
		"category":       m.Category,
		"description":    m.Description,
		"storage":        m.Storage,
		"value":          m.Value,
		"providerId":     m.ProviderID,
		"remotePath":     m.RemotePath,
		"remoteKey":      m.RemoteKey,
		"remoteVersion":  m.RemoteVersion,
		"expiresAt":      m.ExpiresAt,
	}
}

// Takes what the API chose; the arguments stay as they were planned.
func (m *secretModel) takeComputed(s *secret) {
	m.ID = types.StringValue(s.ID)
	m.OrganizationID = types.StringValue(s.OrganizationID)
	m.Storage = types.StringValue(s.Storage)
	m.ValueFingerprint = types.StringPointerValue(s.Fingerprint)
	m.Version = types.StringPointerValue(s.Version)
}

// Takes everything the API tells, so that the plan shows what others have changed.
func (m *secretModel) takeAll(s *secret) {
	// A value that somebody else has set is not ours to keep in the state.
	if !m.ValueFingerprint.Equal(types.StringPointerValue(s.Fingerprint)) {
		m.Value = types.StringNull()
	}
	m.takeComputed(s)
	m.Name = types.StringValue(s.Name)
	m.Category = types.StringValue(s.Category)
	m.Description = types.StringPointerValue(s.Description)
	m.ProviderID = types.StringPointerValue(s.ProviderID)
	m.RemotePath = types.StringPointerValue(s.RemotePath)
	if s.Storage == "managed" {
		// The API chose it.
		m.RemotePath = types.StringNull()
	}
	m.RemoteKey = types.StringPointerValue(s.RemoteKey)
	m.RemoteVersion = types.StringPointerValue(s.RemoteVersion)
	if !sameInstant(m.ExpiresAt, s.ExpiresAt) {
		m.ExpiresAt = types.StringPointerValue(s.ExpiresAt)
	}
}

// Whether both name the same time, so that the spelling in the configuration can stay.
func sameInstant(ours types.String, theirs *string) bool {
	if ours.IsNull() || theirs == nil {
		return false
	}
	one, err := time.Parse(time.RFC3339, ours.ValueString())
	if err != nil {
		return false
	}
	other, err := time.Parse(time.RFC3339, *theirs)
	return err == nil && one.Equal(other)
}
