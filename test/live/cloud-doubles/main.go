// Cloud-doubles stands in for the two stores whose server cannot be had: Azure Key Vault and Google
// Secret Manager. Both are built on the vendor's own generated code, so that what goes over the wire is
// the vendor's idea of it and not ours; what they keep, they keep in memory.
//
// It chooses its ports itself, prints one line of JSON that says where everything is, and ends when its
// standard input does, so that it never outlives the test that started it.
package main

import (
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

// What a test has to know, once everything listens.
type announcement struct {
	// The certificate, in PEM, that whoever talks to an https address has to trust.
	CA       string `json:"ca"`
	KeyVault string `json:"keyVault"`
	// The gRPC and the REST API at one address, as at secretmanager.googleapis.com.
	SecretManager string `json:"secretManager"`
	// The same without TLS.
	SecretManagerPlain string `json:"secretManagerPlain"`
	Control            string `json:"control"`
}

func main() {
	authority := flag.String("authority", "https://login.invalid/tenant", "where the key vault sends those who have no token")
	flag.Parse()

	ca, certificate := newCertificate()
	faults := newFaults()
	manager := newSecretManager(faults)

	vaultListener, vaultAddress := listen("https://localhost")
	secureListener, secureAddress := listen("https://localhost")
	plainListener, plainAddress := listen("http://127.0.0.1")
	controlListener, controlAddress := listen("http://127.0.0.1")

	serve(vaultListener, newKeyVault(vaultAddress, *authority, faults), &certificate)
	serve(secureListener, manager, &certificate)
	serve(plainListener, manager, nil)
	serve(controlListener, faults.control(), nil)

	if err := json.NewEncoder(os.Stdout).Encode(announcement{
		CA:                 ca,
		KeyVault:           vaultAddress,
		SecretManager:      secureAddress,
		SecretManagerPlain: plainAddress,
		Control:            controlAddress,
	}); err != nil {
		log.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// Answers a listener at a free port of 127.0.0.1, and its address.
func listen(origin string) (net.Listener, string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	return listener, fmt.Sprintf("%s:%d", origin, listener.Addr().(*net.TCPAddr).Port)
}

func serve(listener net.Listener, handler http.Handler, certificate *tls.Certificate) {
	// gRPC is HTTP/2 always, REST may be either.
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(true)
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{Handler: handler, Protocols: protocols, ErrorLog: log.New(io.Discard, "", 0)}
	go func() {
		if certificate == nil {
			log.Fatal(server.Serve(listener))
		}
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*certificate}}
		log.Fatal(server.ServeTLS(listener, "", ""))
	}()
}
