package main

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

// What an Authorization header is worth. The doubles check no signature: any token will do that is not
// marked as a wrong one, either by beginning with "wrong" or, being a JWT, by a subject that does. The
// latter lets a client id such as "wrong-client" be refused after a real login at a real authority.
type bearer struct {
	missing, wrong bool
	// Of a JWT alone.
	audience []string
}

func readBearer(header string) bearer {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return bearer{missing: true}
	}
	claims := readClaims(token)
	return bearer{
		wrong:    strings.HasPrefix(token, "wrong") || strings.HasPrefix(claims.Subject, "wrong"),
		audience: claims.Audience,
	}
}

type claims struct {
	Subject  string   `json:"sub"`
	Audience audience `json:"aud"`
}

// One string or several: RFC 7519, section 4.1.3.
type audience []string

func (a *audience) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(a))
}

// Answers no claims for a token that is not a JWT.
func readClaims(token string) (read claims) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return read
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || json.Unmarshal(payload, &read) != nil {
		return claims{}
	}
	return read
}
