// Holds a log against golang.org/x/mod/sumdb, the code by which the go command believes its checksum database:
//
//	tiles FOLDER VKEY    opens FOLDER/checkpoint, reads every leaf's hash through FOLDER/tile, each tile held against the root
//
// and answers, line by line, claims that come by standard input:
//
//	inclusion SIZE ROOT INDEX LEAF-HASH PROOF…
//	consistency FROM FROM-ROOT TO TO-ROOT PROOF…
//
// Hashes are hexadecimal. A claim is answered with "true" or "false".
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("tiles FOLDER VKEY < CLAIMS"))
	}
	tree, err := opened(os.Args[1], os.Args[2])
	fail(err)
	fail(read(os.Args[1], tree))
	fail(answer())
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// opened is the tree of the checkpoint, which the log has signed.
func opened(folder, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	text, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("no checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("no root of a tree")
	}
	return tlog.Tree{N: size, Hash: tlog.Hash(root)}, nil
}

// folder is where tiles lie, as C2SP tlog-tiles names them.
type folder string

func (folder) Height() int { return height }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for at, tile := range tiles {
		// The go command has the height in the path as well.
		path := "tile/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height))
		var err error
		if data[at], err = os.ReadFile(filepath.Join(string(f), path)); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (folder) SaveTiles([]tlog.Tile, [][]byte) {}

// read takes every leaf's hash from the tiles: what is not under the root is refused there.
func read(at string, tree tlog.Tree) error {
	hashes := tlog.TileHashReader(tree, folder(at))
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("the tiles make another root")
	}
	const most = 1024
	for from := int64(0); from < tree.N; from += most {
		var indexes []int64
		for leaf := from; leaf < min(from+most, tree.N); leaf++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, leaf))
		}
		if _, err := hashes.ReadHashes(indexes); err != nil {
			return err
		}
	}
	return nil
}

func answer() error {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if len(words) < 5 {
			return fmt.Errorf("no claim: %q", lines.Text())
		}
		first, err := strconv.ParseInt(words[1], 10, 64)
		if err != nil {
			return err
		}
		third, err := strconv.ParseInt(words[3], 10, 64)
		if err != nil {
			return err
		}
		second, err := hash(words[2])
		if err != nil {
			return err
		}
		fourth, err := hash(words[4])
		if err != nil {
			return err
		}
		var proof []tlog.Hash
		for _, word := range words[5:] {
			one, err := hash(word)
			if err != nil {
				return err
			}
			proof = append(proof, one)
		}
		switch words[0] {
		case "inclusion":
			err = tlog.CheckRecord(proof, first, second, third, fourth)
		case "consistency":
			err = tlog.CheckTree(proof, third, fourth, first, second)
		default:
			return fmt.Errorf("no claim: %q", words[0])
		}
		fmt.Println(err == nil)
	}
	return lines.Err()
}

func hash(text string) (tlog.Hash, error) {
	bytes, err := hex.DecodeString(text)
	if err != nil || len(bytes) != tlog.HashSize {
		return tlog.Hash{}, fmt.Errorf("no hash: %q", text)
	}
	return tlog.Hash(bytes), nil
}
