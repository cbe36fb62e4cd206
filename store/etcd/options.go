package etcd

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"pou/store"
)

// Scheme begins the --store of a cluster: etcd://host:port,host:port.
const Scheme = "etcd://"

// Options say which cluster, and how to prove who is asking.
type Options struct {
	Endpoints []string // host:port each
	Space     string   // keys of this store begin with it, where several share a cluster
	TLS       *tls.Config
	Now       func() time.Time
}

// Parse reads etcd://host:port,host:port, with /SPACE after it where several stores share a cluster. The certificates are the files named by POU_ETCD_CERT, POU_ETCD_KEY and POU_ETCD_CA.
func Parse(url string, getenv func(string) string, now func() time.Time) (Options, error) {
	o := Options{Now: now}
	hosts, space, _ := strings.Cut(strings.TrimPrefix(url, Scheme), "/")
	if o.Space = strings.Trim(space, "/"); o.Space != "" {
		o.Space += "/"
	}
	for host := range strings.SplitSeq(hosts, ",") {
		if _, _, err := net.SplitHostPort(host); err != nil {
			return o, fmt.Errorf("%w: %q is no address of a cluster. Give --store etcd://host:port,host:port", store.ErrCutOff, host)
		}
		o.Endpoints = append(o.Endpoints, host)
	}
	cert, key, ca := getenv("POU_ETCD_CERT"), getenv("POU_ETCD_KEY"), getenv("POU_ETCD_CA")
	if cert == "" && key == "" && ca == "" {
		return o, nil
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return o, fmt.Errorf("%w: the certificate in POU_ETCD_CERT and POU_ETCD_KEY cannot be used: %w", store.ErrCutOff, err)
	}
	pem, err := os.ReadFile(ca) //nolint:gosec // whoever starts the program names the file
	if err != nil {
		return o, fmt.Errorf("%w: the authority in POU_ETCD_CA cannot be read: %w", store.ErrCutOff, err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return o, fmt.Errorf("%w: %s holds no certificate of an authority", store.ErrCutOff, ca)
	}
	o.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, RootCAs: pool, MinVersion: tls.VersionTLS13}
	return o, nil
}

// check refuses a cluster off this machine without certificates.
func (o Options) check() error {
	if len(o.Endpoints) == 0 {
		return fmt.Errorf("%w: no address of a cluster was given. Give --store etcd://host:port,host:port", store.ErrCutOff)
	}
	if o.TLS != nil {
		return nil
	}
	for _, ep := range o.Endpoints {
		host, _, _ := net.SplitHostPort(ep)
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return fmt.Errorf("%w: %s is another machine, and people's data leaves this one only over TLS with certificates on both sides. "+
				"Set POU_ETCD_CERT, POU_ETCD_KEY and POU_ETCD_CA", store.ErrCutOff, ep)
		}
	}
	return nil
}
