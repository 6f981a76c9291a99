package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A secret as the API answers it.
type secret struct {
	ID             string  `json:"id"`
	OrganizationID string  `json:"organizationId"`
	Name           string  `json:"name"`
	Category       string  `json:"category"`
	Description    *string `json:"description"`
	Storage        string  `json:"storage"`
	ProviderID     *string `json:"providerId"`
	RemotePath     *string `json:"remotePath"`
	RemoteKey      *string `json:"remoteKey"`
	RemoteVersion  *string `json:"remoteVersion"`
	ExpiresAt      *string `json:"expiresAt"`
	Fingerprint    *string `json:"fingerprint"`
	Version        *string `json:"version"`
}

// The API refused; this is its RFC 9457 answer.
type apiError struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func (e *apiError) Error() string { return fmt.Sprintf("the API answered %d: %s", e.Status, e.Detail) }

type client struct {
	url   string
	token string
	http  *http.Client
}

func newClient(url, token string) *client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	// Terraform works on ten resources at once, and the default keeps two connections alive.
	transport.MaxIdleConnsPerHost = 100
	return &client{
		url:   strings.TrimRight(url, "/"),
		token: token,
		http:  &http.Client{Transport: transport, Timeout: time.Minute},
	}
}

func (c *client) whoAmI(ctx context.Context) error {
	return c.send(ctx, http.MethodGet, "/api/whoami", nil, nil)
}

func (c *client) createSecret(ctx context.Context, body map[string]any) (*secret, error) {
	var made secret
	return &made, c.send(ctx, http.MethodPost, "/api/secrets", body, &made)
}

func (c *client) getSecret(ctx context.Context, id string) (*secret, error) {
	var found secret
	return &found, c.send(ctx, http.MethodGet, "/api/secrets/"+url.PathEscape(id), nil, &found)
}

func (c *client) updateSecret(ctx context.Context, id string, body map[string]any) (*secret, error) {
	var changed secret
	return &changed, c.send(ctx, http.MethodPatch, "/api/secrets/"+url.PathEscape(id), body, &changed)
}

func (c *client) deleteSecret(ctx context.Context, id string, force bool) error {
	path := "/api/secrets/" + url.PathEscape(id) + "?force=" + strconv.FormatBool(force)
	return c.send(ctx, http.MethodDelete, path, nil, nil)
}

// Sends a request, with `body` as JSON when there is one, and reads the answer into `answer`.
func (c *client) send(ctx context.Context, method, path string, body map[string]any, answer any) error {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.url+path, content)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Accept", "application/json")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	// Read to its end, without which the connection is not used again.
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode >= 300 {
		refused := &apiError{Status: response.StatusCode, Detail: "it did not say why"}
		// An answer that is no JSON comes from something in between, and the status has to do.
		_ = json.Unmarshal(text, refused)
		return refused
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(text, answer)
}
