package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	azfake "github.com/Azure/azure-sdk-for-go/sdk/azcore/fake"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets/fake"
)

// One secret with all its versions, the latest last.
type vaultSecret struct {
	name      string
	versions  []*azsecrets.Secret
	deletedAt time.Time
}

const (
	// Of the kind of vault that is usual, one with soft deletion.
	recoverableDays = 90
	// https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
	maxValueBytes = 25 * 1024
)

// What the vendor's generated server calls for each operation. The caller holds the mutex.
func (vault *keyVault) server(page vaultPage) *fake.Server {
	return &fake.Server{
		SetSecret: func(_ context.Context, name string, given azsecrets.SetSecretParameters, _ *azsecrets.SetSecretOptions) (response azfake.Responder[azsecrets.SetSecretResponse], failure azfake.ErrorResponder) {
			secret, err := vault.set(name, given)
			answer(&response, &failure, azsecrets.SetSecretResponse{Secret: secret}, err)
			return
		},
		GetSecret: func(_ context.Context, name, version string, _ *azsecrets.GetSecretOptions) (response azfake.Responder[azsecrets.GetSecretResponse], failure azfake.ErrorResponder) {
			secret, err := vault.get(name, version)
			answer(&response, &failure, azsecrets.GetSecretResponse{Secret: secret}, err)
			return
		},
		UpdateSecretProperties: func(_ context.Context, name, version string, given azsecrets.UpdateSecretPropertiesParameters, _ *azsecrets.UpdateSecretPropertiesOptions) (response azfake.Responder[azsecrets.UpdateSecretPropertiesResponse], failure azfake.ErrorResponder) {
			secret, err := vault.update(name, version, given)
			answer(&response, &failure, azsecrets.UpdateSecretPropertiesResponse{Secret: secret}, err)
			return
		},
		DeleteSecret: func(_ context.Context, name string, _ *azsecrets.DeleteSecretOptions) (response azfake.Responder[azsecrets.DeleteSecretResponse], failure azfake.ErrorResponder) {
			secret, err := vault.delete(name)
			answer(&response, &failure, azsecrets.DeleteSecretResponse{DeletedSecret: secret}, err)
			return
		},
		GetDeletedSecret: func(_ context.Context, name string, _ *azsecrets.GetDeletedSecretOptions) (response azfake.Responder[azsecrets.GetDeletedSecretResponse], failure azfake.ErrorResponder) {
			secret, err := vault.getDeleted(name)
			answer(&response, &failure, azsecrets.GetDeletedSecretResponse{DeletedSecret: secret}, err)
			return
		},
		RecoverDeletedSecret: func(_ context.Context, name string, _ *azsecrets.RecoverDeletedSecretOptions) (response azfake.Responder[azsecrets.RecoverDeletedSecretResponse], failure azfake.ErrorResponder) {
			secret, err := vault.recover(name)
			answer(&response, &failure, azsecrets.RecoverDeletedSecretResponse{Secret: secret}, err)
			return
		},
		PurgeDeletedSecret: func(_ context.Context, name string, _ *azsecrets.PurgeDeletedSecretOptions) (response azfake.Responder[azsecrets.PurgeDeletedSecretResponse], failure azfake.ErrorResponder) {
			if err := vault.purge(name); err != nil {
				failure.SetError(err)
			} else {
				response.SetResponse(http.StatusNoContent, azsecrets.PurgeDeletedSecretResponse{}, nil)
			}
			return
		},
		NewListSecretPropertiesPager: func(*azsecrets.ListSecretPropertiesOptions) (pages azfake.PagerResponder[azsecrets.ListSecretPropertiesResponse]) {
			all := []*azsecrets.SecretProperties{}
			for _, secret := range sortedByName(vault.live) {
				properties := propertiesOf(secret.latest())
				properties.ID = to.Ptr(azsecrets.ID(vault.address + "/secrets/" + secret.name))
				all = append(all, properties)
			}
			var answer azsecrets.ListSecretPropertiesResponse
			answer.Value, answer.NextLink = cut(all, page, vault.address)
			pages.AddPage(http.StatusOK, answer, nil)
			return
		},
		NewListSecretPropertiesVersionsPager: func(name string, _ *azsecrets.ListSecretPropertiesVersionsOptions) (pages azfake.PagerResponder[azsecrets.ListSecretPropertiesVersionsResponse]) {
			secret, err := vault.find(name)
			if err != nil {
				pages.AddError(err)
				return
			}
			all := []*azsecrets.SecretProperties{}
			for _, version := range secret.versions {
				all = append(all, propertiesOf(version))
			}
			var answer azsecrets.ListSecretPropertiesVersionsResponse
			answer.Value, answer.NextLink = cut(all, page, vault.address)
			pages.AddPage(http.StatusOK, answer, nil)
			return
		},
		NewListDeletedSecretPropertiesPager: func(*azsecrets.ListDeletedSecretPropertiesOptions) (pages azfake.PagerResponder[azsecrets.ListDeletedSecretPropertiesResponse]) {
			all := []*azsecrets.DeletedSecretProperties{}
			for _, secret := range sortedByName(vault.deleted) {
				deleted := vault.describeDeleted(secret)
				all = append(all, &azsecrets.DeletedSecretProperties{
					ID:                 to.Ptr(azsecrets.ID(vault.address + "/secrets/" + secret.name)),
					Attributes:         deleted.Attributes,
					ContentType:        deleted.ContentType,
					Tags:               deleted.Tags,
					RecoveryID:         deleted.RecoveryID,
					DeletedDate:        deleted.DeletedDate,
					ScheduledPurgeDate: deleted.ScheduledPurgeDate,
				})
			}
			var answer azsecrets.ListDeletedSecretPropertiesResponse
			answer.Value, answer.NextLink = cut(all, page, vault.address)
			pages.AddPage(http.StatusOK, answer, nil)
			return
		},
	}
}

func answer[T any](response *azfake.Responder[T], failure *azfake.ErrorResponder, content T, err error) {
	if err != nil {
		failure.SetError(err)
		return
	}
	response.SetResponse(http.StatusOK, content, nil)
}

func (vault *keyVault) set(name string, given azsecrets.SetSecretParameters) (azsecrets.Secret, error) {
	key := strings.ToLower(name)
	if vault.deleted[key] != nil {
		return azsecrets.Secret{}, &vaultError{http.StatusConflict, "Conflict", "ObjectIsDeletedButRecoverable",
			fmt.Sprintf("Secret %s is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.", name)}
	}
	if given.Value == nil {
		return azsecrets.Secret{}, badParameter("The request body does not contain a value.")
	}
	if len(*given.Value) > maxValueBytes {
		return azsecrets.Secret{}, badParameter("The value is longer than 25 KB.")
	}
	if vault.live[key] == nil {
		vault.live[key] = &vaultSecret{name: name}
	}
	secret := vault.live[key]
	now := time.Now().UTC().Truncate(time.Second)
	version := &azsecrets.Secret{
		ID:          to.Ptr(azsecrets.ID(fmt.Sprintf("%s/secrets/%s/%s", vault.address, secret.name, newVersion()))),
		Value:       given.Value,
		ContentType: given.ContentType,
		Tags:        given.Tags,
		Attributes: &azsecrets.SecretAttributes{
			Enabled:         to.Ptr(true),
			Created:         &now,
			Updated:         &now,
			RecoverableDays: to.Ptr(int32(recoverableDays)),
			RecoveryLevel:   to.Ptr("Recoverable+Purgeable"),
		},
	}
	change(version.Attributes, given.SecretAttributes)
	secret.versions = append(secret.versions, version)
	return *version, nil
}

// Expired versions, and those that are not valid yet, are answered like any other, as Azure does:
// https://learn.microsoft.com/azure/key-vault/secrets/about-secrets#date-time-controlled-operations
func (vault *keyVault) get(name, version string) (azsecrets.Secret, error) {
	found, err := vault.findVersion(name, version)
	if err != nil {
		return azsecrets.Secret{}, err
	}
	if !*found.Attributes.Enabled {
		return azsecrets.Secret{}, &vaultError{http.StatusForbidden, "Forbidden", "SecretDisabled",
			"Operation get is not allowed on a disabled secret."}
	}
	return *found, nil
}

func (vault *keyVault) update(name, version string, given azsecrets.UpdateSecretPropertiesParameters) (azsecrets.Secret, error) {
	found, err := vault.findVersion(name, version)
	if err != nil {
		return azsecrets.Secret{}, err
	}
	change(found.Attributes, given.SecretAttributes)
	if given.ContentType != nil {
		found.ContentType = given.ContentType
	}
	if given.Tags != nil {
		found.Tags = given.Tags
	}
	found.Attributes.Updated = to.Ptr(time.Now().UTC().Truncate(time.Second))
	return withoutValue(found), nil
}

// Azure takes some seconds to have a secret deleted, recovered or purged; here each is done at once.
func (vault *keyVault) delete(name string) (azsecrets.DeletedSecret, error) {
	secret, err := vault.find(name)
	if err != nil {
		return azsecrets.DeletedSecret{}, err
	}
	key := strings.ToLower(name)
	secret.deletedAt = time.Now().UTC().Truncate(time.Second)
	vault.deleted[key] = secret
	delete(vault.live, key)
	return vault.describeDeleted(secret), nil
}

func (vault *keyVault) getDeleted(name string) (azsecrets.DeletedSecret, error) {
	secret := vault.deleted[strings.ToLower(name)]
	if secret == nil {
		return azsecrets.DeletedSecret{}, secretNotFound(name)
	}
	return vault.describeDeleted(secret), nil
}

func (vault *keyVault) recover(name string) (azsecrets.Secret, error) {
	key := strings.ToLower(name)
	secret := vault.deleted[key]
	if secret == nil {
		return azsecrets.Secret{}, secretNotFound(name)
	}
	vault.live[key] = secret
	delete(vault.deleted, key)
	return withoutValue(secret.latest()), nil
}

func (vault *keyVault) purge(name string) error {
	key := strings.ToLower(name)
	if vault.deleted[key] == nil {
		return secretNotFound(name)
	}
	delete(vault.deleted, key)
	return nil
}

func (vault *keyVault) find(name string) (*vaultSecret, error) {
	if secret := vault.live[strings.ToLower(name)]; secret != nil {
		return secret, nil
	}
	return nil, secretNotFound(name)
}

// The latest version is asked for with an empty one.
func (vault *keyVault) findVersion(name, version string) (*azsecrets.Secret, error) {
	secret, err := vault.find(name)
	if err != nil {
		return nil, err
	}
	if version == "" {
		return secret.latest(), nil
	}
	for _, candidate := range secret.versions {
		if candidate.ID.Version() == version {
			return candidate, nil
		}
	}
	return nil, secretNotFound(name + "/" + version)
}

func (vault *keyVault) describeDeleted(secret *vaultSecret) azsecrets.DeletedSecret {
	latest := secret.latest()
	return azsecrets.DeletedSecret{
		ID:                 latest.ID,
		Attributes:         latest.Attributes,
		ContentType:        latest.ContentType,
		Tags:               latest.Tags,
		RecoveryID:         to.Ptr(vault.address + "/deletedsecrets/" + secret.name),
		DeletedDate:        &secret.deletedAt,
		ScheduledPurgeDate: to.Ptr(secret.deletedAt.AddDate(0, 0, recoverableDays)),
	}
}

func (secret *vaultSecret) latest() *azsecrets.Secret {
	return secret.versions[len(secret.versions)-1]
}

var vaultName = regexp.MustCompile(`^[0-9A-Za-z-]{1,127}$`)

// Names that begin with "forbidden" are those that nobody may touch.
func checkVaultName(name string) *vaultError {
	if !vaultName.MatchString(name) {
		return badParameter("The request URI contains an invalid name: " + name)
	}
	if strings.HasPrefix(strings.ToLower(name), "forbidden") {
		return &vaultError{http.StatusForbidden, "Forbidden", "ForbiddenByRbac",
			"Caller is not authorized to perform action on resource."}
	}
	return nil
}

func badParameter(message string) *vaultError {
	return &vaultError{http.StatusBadRequest, "BadParameter", "", message}
}

func secretNotFound(name string) error {
	return &vaultError{http.StatusNotFound, "SecretNotFound", "",
		fmt.Sprintf("A secret with (name/id) %s was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command.", name)}
}

func change(attributes, given *azsecrets.SecretAttributes) {
	if given == nil {
		return
	}
	if given.Enabled != nil {
		attributes.Enabled = given.Enabled
	}
	if given.Expires != nil {
		attributes.Expires = given.Expires
	}
	if given.NotBefore != nil {
		attributes.NotBefore = given.NotBefore
	}
}

func withoutValue(secret *azsecrets.Secret) azsecrets.Secret {
	copied := *secret
	copied.Value = nil
	return copied
}

func propertiesOf(version *azsecrets.Secret) *azsecrets.SecretProperties {
	return &azsecrets.SecretProperties{
		ID:          version.ID,
		Attributes:  version.Attributes,
		ContentType: version.ContentType,
		Tags:        version.Tags,
	}
}

func newVersion() string {
	random := make([]byte, 16)
	_, _ = rand.Read(random) // never fails
	return hex.EncodeToString(random)
}

func sortedByName(secrets map[string]*vaultSecret) []*vaultSecret {
	sorted := make([]*vaultSecret, 0, len(secrets))
	for _, secret := range secrets {
		sorted = append(sorted, secret)
	}
	slices.SortFunc(sorted, func(a, b *vaultSecret) int { return strings.Compare(a.name, b.name) })
	return sorted
}
