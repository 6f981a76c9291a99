package main

import (
	"context"
	"fmt"
	"hash/crc32"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	iampb "cloud.google.com/go/iam/apiv1/iampb"
	"cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// Google Secret Manager: what it does. How it is reached is in secret_manager_server.go.
type secretManager struct {
	secretmanagerpb.UnimplementedSecretManagerServiceServer
	mutex sync.Mutex
	// By full name, with the number of the project.
	secrets map[string]*managedSecret
	changes int
}

type managedSecret struct {
	*secretmanagerpb.Secret
	// Number N is at N-1.
	versions []*managedVersion
}

type managedVersion struct {
	*secretmanagerpb.SecretVersion
	data []byte
}

// https://cloud.google.com/secret-manager/quotas
const maxPayloadBytes = 64 * 1024

func (m *secretManager) CreateSecret(_ context.Context, r *secretmanagerpb.CreateSecretRequest) (*secretmanagerpb.Secret, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	name, err := parseName(r.GetParent() + "/secrets/" + r.GetSecretId())
	if err != nil {
		return nil, err
	}
	if err := name.permit("secretmanager.secrets.create"); err != nil {
		return nil, err
	}
	if r.GetSecret().GetReplication() == nil && name.location == "" {
		return nil, status.Error(codes.InvalidArgument, "secret.replication must be provided.")
	}
	if m.secrets[name.secret] != nil {
		return nil, status.Errorf(codes.AlreadyExists, "Secret [%s] already exists.", name.secret)
	}
	secret := proto.CloneOf(r.GetSecret())
	secret.Name = name.secret
	secret.CreateTime = timestamppb.Now()
	secret.Etag = m.newEtag()
	m.secrets[name.secret] = &managedSecret{Secret: secret}
	return proto.CloneOf(secret), nil
}

func (m *secretManager) GetSecret(_ context.Context, r *secretmanagerpb.GetSecretRequest) (*secretmanagerpb.Secret, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	secret, err := m.find(r.GetName(), "secretmanager.secrets.get")
	if err != nil {
		return nil, err
	}
	return proto.CloneOf(secret.Secret), nil
}

func (m *secretManager) UpdateSecret(_ context.Context, r *secretmanagerpb.UpdateSecretRequest) (*secretmanagerpb.Secret, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	secret, err := m.find(r.GetSecret().GetName(), "secretmanager.secrets.update")
	if err != nil {
		return nil, err
	}
	if err := checkEtag(r.GetSecret().GetEtag(), secret.Etag); err != nil {
		return nil, err
	}
	given, kept := r.GetSecret().ProtoReflect(), secret.ProtoReflect()
	for _, path := range r.GetUpdateMask().GetPaths() {
		if !slices.Contains([]string{"labels", "annotations", "version_aliases"}, path) {
			return nil, status.Errorf(codes.InvalidArgument, "Field %q cannot be updated here.", path)
		}
		field := kept.Descriptor().Fields().ByName(protoreflect.Name(path))
		kept.Clear(field)
		if given.Has(field) {
			kept.Set(field, given.Get(field))
		}
	}
	secret.Etag = m.newEtag()
	return proto.CloneOf(secret.Secret), nil
}

func (m *secretManager) DeleteSecret(_ context.Context, r *secretmanagerpb.DeleteSecretRequest) (*emptypb.Empty, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	secret, err := m.find(r.GetName(), "secretmanager.secrets.delete")
	if err != nil {
		return nil, err
	}
	if err := checkEtag(r.GetEtag(), secret.Etag); err != nil {
		return nil, err
	}
	delete(m.secrets, secret.Name)
	return &emptypb.Empty{}, nil
}

func (m *secretManager) ListSecrets(_ context.Context, r *secretmanagerpb.ListSecretsRequest) (*secretmanagerpb.ListSecretsResponse, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	// There is no secret of this name; it has to be one for its parent to be well formed.
	parent, err := parseName(r.GetParent() + "/secrets/any")
	if err != nil {
		return nil, err
	}
	var found []*secretmanagerpb.Secret
	for name, secret := range m.secrets {
		if !strings.HasPrefix(name, strings.TrimSuffix(parent.secret, "any")) {
			continue
		}
		matches, err := matchFilter(r.GetFilter(), describeSecret(secret.Secret))
		if err != nil {
			return nil, err
		}
		if matches {
			found = append(found, proto.CloneOf(secret.Secret))
		}
	}
	slices.SortFunc(found, func(a, b *secretmanagerpb.Secret) int { return strings.Compare(a.Name, b.Name) })
	page, next, err := cutPage(found, r.GetPageSize(), r.GetPageToken())
	if err != nil {
		return nil, err
	}
	return &secretmanagerpb.ListSecretsResponse{Secrets: page, NextPageToken: next, TotalSize: int32(len(found))}, nil
}

func (m *secretManager) AddSecretVersion(_ context.Context, r *secretmanagerpb.AddSecretVersionRequest) (*secretmanagerpb.SecretVersion, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	secret, err := m.find(r.GetParent(), "secretmanager.versions.add")
	if err != nil {
		return nil, err
	}
	data := r.GetPayload().GetData()
	if len(data) == 0 {
		return nil, status.Error(codes.InvalidArgument, "Secret Payload cannot be empty.")
	}
	if len(data) > maxPayloadBytes {
		return nil, status.Error(codes.InvalidArgument, "The payload is larger than 65536 bytes.")
	}
	if r.GetPayload().DataCrc32C != nil && r.GetPayload().GetDataCrc32C() != checksum(data) {
		return nil, status.Error(codes.InvalidArgument, "The checksum does not match the payload.")
	}
	version := &managedVersion{data: data, SecretVersion: &secretmanagerpb.SecretVersion{
		Name:                           fmt.Sprintf("%s/versions/%d", secret.Name, len(secret.versions)+1),
		CreateTime:                     timestamppb.Now(),
		State:                          secretmanagerpb.SecretVersion_ENABLED,
		Etag:                           m.newEtag(),
		ClientSpecifiedPayloadChecksum: r.GetPayload().DataCrc32C != nil,
	}}
	secret.versions = append(secret.versions, version)
	return proto.CloneOf(version.SecretVersion), nil
}

func (m *secretManager) AccessSecretVersion(_ context.Context, r *secretmanagerpb.AccessSecretVersionRequest) (*secretmanagerpb.AccessSecretVersionResponse, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	version, err := m.findVersion(r.GetName(), "secretmanager.versions.access")
	if err != nil {
		return nil, err
	}
	if version.State != secretmanagerpb.SecretVersion_ENABLED {
		return nil, status.Errorf(codes.FailedPrecondition, "Secret Version [%s] is in %s state.", version.Name, version.State)
	}
	return &secretmanagerpb.AccessSecretVersionResponse{
		Name:    version.Name,
		Payload: &secretmanagerpb.SecretPayload{Data: version.data, DataCrc32C: proto.Int64(checksum(version.data))},
	}, nil
}

func (m *secretManager) GetSecretVersion(_ context.Context, r *secretmanagerpb.GetSecretVersionRequest) (*secretmanagerpb.SecretVersion, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	version, err := m.findVersion(r.GetName(), "secretmanager.versions.get")
	if err != nil {
		return nil, err
	}
	return proto.CloneOf(version.SecretVersion), nil
}

func (m *secretManager) ListSecretVersions(_ context.Context, r *secretmanagerpb.ListSecretVersionsRequest) (*secretmanagerpb.ListSecretVersionsResponse, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	secret, err := m.find(r.GetParent(), "secretmanager.versions.list")
	if err != nil {
		return nil, err
	}
	var found []*secretmanagerpb.SecretVersion
	for _, version := range slices.Backward(secret.versions) {
		matches, err := matchFilter(r.GetFilter(), map[string]string{"name": version.Name, "state": version.State.String()})
		if err != nil {
			return nil, err
		}
		if matches {
			found = append(found, proto.CloneOf(version.SecretVersion))
		}
	}
	page, next, err := cutPage(found, r.GetPageSize(), r.GetPageToken())
	if err != nil {
		return nil, err
	}
	return &secretmanagerpb.ListSecretVersionsResponse{Versions: page, NextPageToken: next, TotalSize: int32(len(found))}, nil
}

func (m *secretManager) EnableSecretVersion(_ context.Context, r *secretmanagerpb.EnableSecretVersionRequest) (*secretmanagerpb.SecretVersion, error) {
	return m.setState(r.GetName(), r.GetEtag(), "secretmanager.versions.enable", secretmanagerpb.SecretVersion_ENABLED)
}

func (m *secretManager) DisableSecretVersion(_ context.Context, r *secretmanagerpb.DisableSecretVersionRequest) (*secretmanagerpb.SecretVersion, error) {
	return m.setState(r.GetName(), r.GetEtag(), "secretmanager.versions.disable", secretmanagerpb.SecretVersion_DISABLED)
}

func (m *secretManager) DestroySecretVersion(_ context.Context, r *secretmanagerpb.DestroySecretVersionRequest) (*secretmanagerpb.SecretVersion, error) {
	return m.setState(r.GetName(), r.GetEtag(), "secretmanager.versions.destroy", secretmanagerpb.SecretVersion_DESTROYED)
}

// Everybody may do everything, except to what is forbidden.
func (m *secretManager) TestIamPermissions(_ context.Context, r *iampb.TestIamPermissionsRequest) (*iampb.TestIamPermissionsResponse, error) {
	name, err := parseName(r.GetResource())
	if err != nil {
		return nil, err
	}
	if name.permit("") != nil {
		return &iampb.TestIamPermissionsResponse{}, nil
	}
	return &iampb.TestIamPermissionsResponse{Permissions: r.GetPermissions()}, nil
}

func (m *secretManager) setState(name, etag, permission string, state secretmanagerpb.SecretVersion_State) (*secretmanagerpb.SecretVersion, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	version, err := m.findVersion(name, permission)
	if err != nil {
		return nil, err
	}
	if err := checkEtag(etag, version.Etag); err != nil {
		return nil, err
	}
	if version.State == secretmanagerpb.SecretVersion_DESTROYED {
		return nil, status.Errorf(codes.FailedPrecondition, "Secret Version [%s] is in DESTROYED state.", version.Name)
	}
	version.State = state
	version.Etag = m.newEtag()
	if state == secretmanagerpb.SecretVersion_DESTROYED {
		version.data = nil
		version.DestroyTime = timestamppb.Now()
	}
	return proto.CloneOf(version.SecretVersion), nil
}

func (m *secretManager) find(given, permission string) (*managedSecret, error) {
	name, err := parseName(given)
	if err != nil {
		return nil, err
	}
	if err := name.permit(permission); err != nil {
		return nil, err
	}
	if secret := m.secrets[name.secret]; secret != nil {
		return secret, nil
	}
	return nil, status.Errorf(codes.NotFound, "Secret [%s] not found.", name.secret)
}

// A version is named by its number, by an alias, or as the latest: the one added last, whatever its state.
func (m *secretManager) findVersion(given, permission string) (*managedVersion, error) {
	secret, err := m.find(given, permission)
	if err != nil {
		return nil, err
	}
	name, _ := parseName(given)
	number := int64(len(secret.versions))
	if name.version == "" {
		return nil, invalidName(given)
	}
	if name.version == "latest" && number == 0 {
		return nil, status.Errorf(codes.NotFound, "Secret [%s] not found or has no versions.", secret.Name)
	}
	if name.version != "latest" {
		if alias, ok := secret.VersionAliases[name.version]; ok {
			number = alias
		} else if number, err = strconv.ParseInt(name.version, 10, 64); err != nil {
			return nil, status.Errorf(codes.InvalidArgument, "%q is neither a version nor an alias of one.", name.version)
		}
	}
	if number < 1 || number > int64(len(secret.versions)) {
		return nil, status.Errorf(codes.NotFound, "Secret Version [%s/versions/%s] not found.", secret.Name, name.version)
	}
	return secret.versions[number-1], nil
}

func (m *secretManager) newEtag() string {
	m.changes++
	return fmt.Sprintf("\"%014x\"", m.changes)
}

func checkEtag(given, current string) error {
	if given != "" && given != current {
		return status.Error(codes.FailedPrecondition, "The etag does not match the current one.")
	}
	return nil
}

// A full name, taken apart. Projects are named by number in all that Google answers, however they were
// named in what it was asked.
type resourceName struct {
	// Up to the name of the secret.
	secret   string
	id       string
	location string
	// Empty where a secret is named.
	version string
}

var (
	fullName      = regexp.MustCompile(`^projects/([^/]+)(/locations/[^/]+)?/secrets/([A-Za-z0-9_-]{1,255})(?:/versions/([^/]+))?$`)
	projectNumber = regexp.MustCompile(`^[0-9]+$`)
)

func parseName(given string) (resourceName, error) {
	parts := fullName.FindStringSubmatch(given)
	if parts == nil {
		return resourceName{}, invalidName(given)
	}
	project, location, id, version := parts[1], parts[2], parts[3], parts[4]
	if !projectNumber.MatchString(project) {
		project = strconv.FormatInt(100_000_000_000+checksum([]byte(project)), 10)
	}
	secret := fmt.Sprintf("projects/%s%s/secrets/%s", project, location, id)
	return resourceName{secret: secret, id: id, location: location, version: version}, nil
}

func invalidName(given string) error {
	return status.Errorf(codes.InvalidArgument, "The resource name %q is invalid.", given)
}

// Names that begin with "forbidden" are those that nobody may touch.
func (name resourceName) permit(permission string) error {
	if !strings.HasPrefix(name.id, "forbidden") {
		return nil
	}
	resource := name.secret
	if name.version != "" {
		resource += "/versions/" + name.version
	}
	return explain(codes.PermissionDenied,
		fmt.Sprintf("Permission '%s' denied for resource '%s' (or it may not exist).", permission, resource),
		"IAM_PERMISSION_DENIED", "iam.googleapis.com")
}

func checksum(data []byte) int64 {
	return int64(crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)))
}
