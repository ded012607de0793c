// Command database writes a vulnerability database as Trivy reads it, from entries in JSON.
package main

import (
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

type entry struct {
	Bucket []string        `json:"bucket"`
	Key    string          `json:"key"`
	Value  json.RawMessage `json:"value"`
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: database <entries.json> <cache folder>")
	}
	if err := write(os.Args[1], filepath.Join(os.Args[2], "db")); err != nil {
		log.Fatal(err)
	}
}

func write(from, folder string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var entries []entry
	if err := json.Unmarshal(text, &entries); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	db, err := bbolt.Open(filepath.Join(folder, "trivy.db"), 0o644, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Update(func(tx *bbolt.Tx) error { return put(tx, entries) }); err != nil {
		return err
	}
	// Far in the future, so that no run thinks that it must be renewed.
	metadata := `{"Version":2,"NextUpdate":"2099-01-01T00:00:00Z","UpdatedAt":"2025-01-01T00:00:00Z","DownloadedAt":"2025-01-01T00:00:00Z"}`
	return os.WriteFile(filepath.Join(folder, "metadata.json"), []byte(metadata), 0o644)
}

func put(tx *bbolt.Tx, entries []entry) error {
	for _, one := range entries {
		bucket, err := tx.CreateBucketIfNotExists([]byte(one.Bucket[0]))
		if err != nil {
			return err
		}
		for _, name := range one.Bucket[1:] {
			if bucket, err = bucket.CreateBucketIfNotExists([]byte(name)); err != nil {
				return err
			}
		}
		if err := bucket.Put([]byte(one.Key), one.Value); err != nil {
			return err
		}
	}
	return nil
}
