package main

import (
	"strconv"
	"strings"

	"cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

const maxManagerPage = 25_000

// Answers one page of a list, and the token of the next one, empty after the last.
func cutPage[T any](all []T, size int32, token string) ([]T, string, error) {
	from := 0
	if token != "" {
		var err error
		if from, err = strconv.Atoi(token); err != nil || from < 0 || from > len(all) {
			return nil, "", status.Error(codes.InvalidArgument, "The page token is invalid.")
		}
	}
	if size < 0 {
		return nil, "", status.Error(codes.InvalidArgument, "The page size is negative.")
	}
	if size == 0 || size > maxManagerPage {
		size = maxManagerPage
	}
	to := min(from+int(size), len(all))
	if to == len(all) {
		return all[from:], "", nil
	}
	return all[from:to], strconv.Itoa(to), nil
}

// Whether something with these fields fits a filter. Of Google's language
// (https://cloud.google.com/secret-manager/docs/filtering) this knows terms that all have to hold:
// `name:part`, `labels.env=dev`, `labels.env:*`, `state=ENABLED`. It refuses what it does not know,
// because a filter that is half understood answers wrongly.
func matchFilter(filter string, fields map[string]string) (bool, error) {
	for _, term := range strings.Fields(filter) {
		if term == "AND" {
			continue
		}
		at := strings.IndexAny(term, ":=")
		if at < 1 || term == "OR" || strings.ContainsAny(term, "()<>!~\"'") || strings.HasPrefix(term, "-") {
			return false, status.Errorf(codes.InvalidArgument, "Filters such as %q are not known here.", filter)
		}
		value, present := fields[term[:at]]
		wanted := term[at+1:]
		matches := value == wanted
		if term[at] == ':' {
			matches = wanted == "*" || strings.Contains(strings.ToLower(value), strings.ToLower(wanted))
		}
		if !present || !matches {
			return false, nil
		}
	}
	return true, nil
}

func describeSecret(secret *secretmanagerpb.Secret) map[string]string {
	fields := map[string]string{"name": secret.Name}
	for key, value := range secret.Labels {
		fields["labels."+key] = value
	}
	for key, value := range secret.Annotations {
		fields["annotations."+key] = value
	}
	return fields
}
