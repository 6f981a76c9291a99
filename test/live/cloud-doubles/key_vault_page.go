package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// Which part of a list was asked for, and by which address.
type vaultPage struct {
	asked *url.URL
	from  int
	size  int
}

// Azure's default, and the most that it gives at once.
const maxVaultPage = 25

func readVaultPage(r *http.Request) (vaultPage, *vaultError) {
	page := vaultPage{asked: r.URL, size: maxVaultPage}
	query := r.URL.Query()
	if given := query.Get("maxresults"); given != "" {
		size, err := strconv.Atoi(given)
		if err != nil || size < 1 || size > maxVaultPage {
			return page, badParameter(fmt.Sprintf("Parameter maxresults must be between 1 and %d.", maxVaultPage))
		}
		page.size = size
	}
	if given := query.Get("$skiptoken"); given != "" {
		from, err := strconv.Atoi(given)
		if err != nil || from < 0 {
			return page, badParameter("The parameter $skiptoken is invalid.")
		}
		page.from = from
	}
	return page, nil
}

// Answers one page of a list, and the link to the next one, nil after the last.
func cut[T any](all []T, page vaultPage, address string) ([]T, *string) {
	from := min(page.from, len(all))
	to := min(from+page.size, len(all))
	if to == len(all) {
		return all[from:], nil
	}
	query := page.asked.Query()
	query.Set("maxresults", strconv.Itoa(page.size))
	query.Set("$skiptoken", strconv.Itoa(to))
	next := fmt.Sprintf("%s%s?%s", address, page.asked.Path, query.Encode())
	return all[from:to], &next
}
