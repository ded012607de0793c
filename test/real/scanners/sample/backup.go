// Package main is full of weaknesses, on purpose: scanners are tried on it. Nothing runs it.
package main

import (
	"crypto/md5"
	"fmt"
	"os"
	"os/exec"
)

func main() {
	if len(os.Args) < 2 {
		return
	}
	name := os.Args[1]
	fmt.Printf("%x\n", md5.Sum([]byte(name)))
	out, err := exec.Command("sh", "-c", "tar -cf backup.tar "+name).Output()
	if err == nil {
		os.WriteFile("/tmp/backup.log", out, 0o777)
	}
}
