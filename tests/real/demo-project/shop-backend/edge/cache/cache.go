// Package cache keeps rendered pages for a few seconds.
package cache

type Page struct{ Body []byte }
