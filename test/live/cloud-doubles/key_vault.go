package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets/fake"
)

// An Azure Key Vault: here its HTTP side, in key_vault_secrets.go what it does.
type keyVault struct {
	address   string
	authority string
	faults    *faults
	routes    *http.ServeMux

	mutex sync.Mutex
	// By lower-case name, because names that differ in case alone are one secret.
	live, deleted map[string]*vaultSecret
}

// What the vendor's generated server calls the operations.
var vaultOperations = map[string]string{
	"GET /secrets":                        "NewListSecretPropertiesPager",
	"PUT /secrets/{name}":                 "SetSecret",
	"GET /secrets/{name}":                 "GetSecret",
	"PATCH /secrets/{name}":               "UpdateSecretProperties",
	"DELETE /secrets/{name}":              "DeleteSecret",
	"GET /secrets/{name}/versions":        "NewListSecretPropertiesVersionsPager",
	"GET /secrets/{name}/{version}":       "GetSecret",
	"PATCH /secrets/{name}/{version}":     "UpdateSecretProperties",
	"GET /deletedsecrets":                 "NewListDeletedSecretPropertiesPager",
	"GET /deletedsecrets/{name}":          "GetDeletedSecret",
	"DELETE /deletedsecrets/{name}":       "PurgeDeletedSecret",
	"POST /deletedsecrets/{name}/recover": "RecoverDeletedSecret",
}

func newKeyVault(address, authority string, faults *faults) *keyVault {
	vault := &keyVault{
		address:   address,
		authority: authority,
		faults:    faults,
		routes:    http.NewServeMux(),
		live:      map[string]*vaultSecret{},
		deleted:   map[string]*vaultSecret{},
	}
	for pattern, operation := range vaultOperations {
		vault.routes.HandleFunc(pattern, vault.handle(operation))
	}
	return vault
}

func (vault *keyVault) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if refusal := vault.refuse(r.Header.Get("Authorization")); refusal != nil {
		w.Header().Set("WWW-Authenticate",
			fmt.Sprintf(`Bearer authorization="%s", resource="https://vault.azure.net"`, vault.authority))
		refusal.write(w)
		return
	}
	if fault := vault.faults.next(azureKeyVault); fault != nil {
		vault.fail(w, r, *fault)
		return
	}
	// The SDKs ask for /secrets/name/ where they mean the latest version.
	r.URL.Path = strings.TrimSuffix(r.URL.Path, "/")
	vault.routes.ServeHTTP(w, r)
}

// Hands a request to the vendor's server, which reads it, calls us, and writes the answer.
func (vault *keyVault) handle(operation string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		vault.mutex.Lock()
		defer vault.mutex.Unlock()
		if name := r.PathValue("name"); name != "" {
			if refusal := checkVaultName(name); refusal != nil {
				refusal.write(w)
				return
			}
		}
		page, refusal := readVaultPage(r)
		if refusal != nil {
			refusal.write(w)
			return
		}
		// Made anew for each request: that is the only way by which a list learns which page was asked for.
		server := fake.NewServerTransport(vault.server(page))
		request := r.Clone(context.WithValue(r.Context(), runtime.CtxAPINameKey{}, "Client."+operation))
		response, err := server.Do(request)
		if err != nil {
			asVaultError(err).write(w)
			return
		}
		defer response.Body.Close()
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(response.StatusCode)
		_, _ = io.Copy(w, response.Body)
	}
}

func (vault *keyVault) refuse(authorization string) *vaultError {
	bearer := readBearer(authorization)
	switch {
	case bearer.missing:
		return &vaultError{http.StatusUnauthorized, "Unauthorized", "", "AKV10000: Request is missing a Bearer or PoP token."}
	case bearer.wrong:
		return &vaultError{http.StatusUnauthorized, "Unauthorized", "", "AKV10032: Invalid issuer."}
	case bearer.audience != nil && !slices.Contains(bearer.audience, "https://vault.azure.net"):
		return &vaultError{http.StatusUnauthorized, "Unauthorized", "", "AKV10022: Invalid audience."}
	}
	return nil
}

func (vault *keyVault) fail(w http.ResponseWriter, r *http.Request, fault fault) {
	if fault.RetryAfterSeconds > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(fault.RetryAfterSeconds))
	}
	switch fault.Kind {
	case throttled:
		(&vaultError{http.StatusTooManyRequests, "Throttled", "VaultRequestTypeLimitReached",
			"Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached"}).write(w)
	case unavailable:
		(&vaultError{http.StatusServiceUnavailable, "ServiceUnavailable", "", "The service is temporarily unavailable."}).write(w)
	case hanging:
		<-r.Context().Done()
	case garbage:
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<html>Welcome to the proxy of this hotel</html>")
	default:
		asVaultError(fmt.Errorf("ordered: %s", fault.Kind)).write(w)
	}
}

// An error as Key Vault answers it.
type vaultError struct {
	status  int
	code    string
	inner   string
	message string
}

func (e *vaultError) Error() string { return e.message }

// The vendor's server retries errors unless they say that it need not.
func (e *vaultError) NonRetriable() {}

func (e *vaultError) write(w http.ResponseWriter) {
	body := map[string]any{"code": e.code, "message": e.message}
	if e.inner != "" {
		body["innererror"] = map[string]string{"code": e.inner}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(e.status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": body})
}

func asVaultError(err error) *vaultError {
	var known *vaultError
	if errors.As(err, &known) {
		return known
	}
	return &vaultError{http.StatusInternalServerError, "InternalServerError", "", err.Error()}
}
