package main

import (
	"encoding/json"
	"net/http"
	"sync"
)

// The names of the stores are those of the product's provider types.
const (
	azureKeyVault       = "azure-kv"
	googleSecretManager = "gcp-sm"
)

type faultKind string

const (
	throttled   faultKind = "throttled"   // too many requests
	unavailable faultKind = "unavailable" // try again later
	broken      faultKind = "broken"      // an internal error
	hanging     faultKind = "hanging"     // no answer, until the client gives up
	garbage     faultKind = "garbage"     // success, with something unreadable
	corrupt     faultKind = "corrupt"     // the value does not fit its checksum; Google's alone
)

// What goes wrong the next Times times that a request, whose bearer was accepted, reaches a store.
type fault struct {
	Store             string    `json:"store"`
	Kind              faultKind `json:"kind"`
	Times             int       `json:"times"`
	RetryAfterSeconds int       `json:"retryAfterSeconds"`
}

// The faults that tests have ordered, and how many requests have come.
type faults struct {
	mutex    sync.Mutex
	ordered  []fault
	requests map[string]int
}

func newFaults() *faults {
	return &faults{requests: map[string]int{}}
}

// Counts a request of this store, and answers what shall go wrong with it; nil when nothing shall.
func (f *faults) next(store string) *fault {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.requests[store]++
	for i := range f.ordered {
		if due := &f.ordered[i]; due.Store == store && due.Times > 0 {
			due.Times--
			copied := *due
			return &copied
		}
	}
	return nil
}

// The API that tests order faults by.
func (f *faults) control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /faults", func(w http.ResponseWriter, r *http.Request) {
		var order fault
		decoder := json.NewDecoder(r.Body)
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&order); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		f.mutex.Lock()
		defer f.mutex.Unlock()
		f.ordered = append(f.ordered, order)
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("DELETE /faults", func(w http.ResponseWriter, _ *http.Request) {
		f.mutex.Lock()
		defer f.mutex.Unlock()
		f.ordered = nil
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /requests", func(w http.ResponseWriter, _ *http.Request) {
		f.mutex.Lock()
		defer f.mutex.Unlock()
		_ = json.NewEncoder(w).Encode(f.requests)
	})
	return mux
}
