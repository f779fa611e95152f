// Command reference holds our bytes against the reference implementations of C2SP's formats. It is no part of the product.
//
//	reference make                        prints vectors that those implementations have made
//	reference fsck URL POLICY             checks a running hub's /checkpoint and tiles
//	reference log LOG-KEY-FOLDER POLICY   runs a Tessera log whose checkpoints our witnesses cosign
package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/mldsa"
	fnote "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/api/layout"
	"github.com/transparency-dev/tessera/fsck"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 1 && args[0] == "make":
		return makeVectors()
	case len(args) == 3 && args[0] == "fsck":
		return check(args[1], args[2])
	case len(args) == 3 && args[0] == "log":
		return runLog(args[1], args[2])
	}
	return fmt.Errorf("reference make | fsck URL POLICY | log LOG-KEY-FOLDER POLICY")
}

// seeded reads the same bytes for ever, so that the keys are the same each time.
type seeded byte

func (s seeded) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(s)
	}
	return len(p), nil
}

func makeVectors() error {
	skey, vkey, err := note.GenerateKey(seeded(7), "log.example/reference")
	if err != nil {
		return err
	}
	log, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	wskey, wvkey, err := note.GenerateKey(seeded(8), "witness.example/reference")
	if err != nil {
		return err
	}
	witness, err := fnote.NewSignerForCosignatureV1(wskey)
	if err != nil {
		return err
	}
	wv, err := cosignatureKey(wvkey)
	if err != nil {
		return err
	}
	secret := base64.StdEncoding.EncodeToString(append([]byte{6}, bytes.Repeat([]byte{9}, 32)...))
	quantum, err := fnote.NewMLDSASigner("PRIVATE+KEY+quantum.example/reference+00000000+" + secret)
	if err != nil {
		return err
	}
	qv, err := mldsaKey("quantum.example/reference", bytes.Repeat([]byte{9}, 32))
	if err != nil {
		return err
	}
	root := sha256.Sum256([]byte("reference"))
	text := fmt.Sprintf("log.example/reference\n42\n%s\n", base64.StdEncoding.EncodeToString(root[:]))
	extended := text + "an extension line\n"
	fmt.Println("# Made by `go run . make` in libs/transparency/reference, with golang.org/x/mod/sumdb/note and transparency-dev/formats.")
	for _, one := range []struct {
		name, text, vkey string
		cosigner         note.Signer
	}{
		{"a checkpoint of the reference tools", text, wv, witness},
		{"the same with an extension", extended, wv, witness},
		{"the same with ML-DSA-44", text, qv, quantum},
		{"the same with ML-DSA-44 and an extension", extended, qv, quantum},
	} {
		signed, err := note.Sign(&note.Note{Text: one.text}, log, one.cosigner)
		if err != nil {
			return err
		}
		for _, outcome := range []string{"accepted", "bad-note-signature"} {
			name, bytes := one.name, signed
			if outcome != "accepted" {
				name += ", its size changed"
				bytes = []byte(strings.Replace(string(signed), "\n42\n", "\n43\n", 1))
			}
			fmt.Printf("\nname: %s\nkind: checkpoint\noutcome: %s\nlog: %s\nwitness: %s\nbytes: %s\n",
				name, outcome, vkey, one.vkey, base64.StdEncoding.EncodeToString(bytes))
		}
	}
	return nil
}

// cosignatureKey spells an Ed25519 verifier key as that of a cosigner.
func cosignatureKey(vkey string) (string, error) {
	parts := strings.SplitN(vkey, "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return "", err
	}
	key[0] = 4
	id := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	return fmt.Sprintf("%s+%x+%s", parts[0], id[:4], base64.StdEncoding.EncodeToString(key)), nil
}

// mldsaKey spells the verifier key that belongs to a seed.
func mldsaKey(name string, seed []byte) (string, error) {
	private, err := mldsa.NewPrivateKey(mldsa.MLDSA44(), seed)
	if err != nil {
		return "", err
	}
	key := append([]byte{6}, private.PublicKey().Bytes()...)
	id := sha256.Sum256(append([]byte(name+"\n"), key...))
	return fmt.Sprintf("%s+%x+%s", name, id[:4], base64.StdEncoding.EncodeToString(key)), nil
}

// policyKeys gives a policy's log, and a verifier for each of its witnesses.
func policyKeys(policy []byte) (log string, witnesses []note.Verifier, err error) {
	for _, line := range strings.Split(string(policy), "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) >= 2 && words[0] == "log":
			log = words[1]
		case len(words) >= 3 && words[0] == "witness":
			v, err := verifier(words[2])
			if err != nil {
				return "", nil, fmt.Errorf("%s: %w", words[1], err)
			}
			witnesses = append(witnesses, v)
		}
	}
	return log, witnesses, nil
}

func verifier(vkey string) (note.Verifier, error) {
	key, err := base64.StdEncoding.DecodeString(vkey[strings.LastIndex(vkey, "+")+1:])
	if err == nil && len(key) > 0 && key[0] == 6 {
		return fnote.NewMLDSAVerifier(vkey)
	}
	return fnote.NewVerifierForCosignatureV1(vkey)
}

func check(url, policyPath string) error {
	policy, err := os.ReadFile(policyPath)
	if err != nil {
		return err
	}
	vkey, witnesses, err := policyKeys(policy)
	if err != nil {
		return err
	}
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	hub := &hub{url: strings.TrimSuffix(url, "/")}
	raw, err := hub.ReadCheckpoint(context.Background())
	if err != nil {
		return err
	}
	opened, err := note.Open(raw, note.VerifierList(append(witnesses, log)...))
	if err != nil {
		return err
	}
	fmt.Printf("sumdb/note: %d signatures verify, %d are of others\n", len(opened.Sigs), len(opened.UnverifiedSigs))
	group, err := tessera.NewWitnessGroupFromPolicy(policy)
	if err != nil {
		return fmt.Errorf("tessera reads the policy: %w", err)
	}
	satisfied := group.Satisfied(raw)
	fmt.Printf("tessera: the policy is satisfied: %v\n", satisfied)
	if err := fsck.New(log.Name(), log, hub, hashes, fsck.Opts{N: 2}).Check(context.Background()); err != nil {
		return fmt.Errorf("fsck: %w", err)
	}
	fmt.Println("fsck: the tiles make the root of the checkpoint")
	if !satisfied {
		return fmt.Errorf("too few witnesses have cosigned it")
	}
	return nil
}

// hub reads a hub's tiles. Its leaves are for auditors: their hashes stand in for them.
type hub struct{ url string }

func (h *hub) get(ctx context.Context, path string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+"/"+path, nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, response.Status)
	}
	return io.ReadAll(response.Body)
}

func (h *hub) ReadCheckpoint(ctx context.Context) ([]byte, error) { return h.get(ctx, "checkpoint") }

func (h *hub) ReadTile(ctx context.Context, level, index uint64, partial uint8) ([]byte, error) {
	return h.get(ctx, layout.TilePath(level, index, partial))
}

func (h *hub) ReadEntryBundle(ctx context.Context, index uint64, partial uint8) ([]byte, error) {
	return h.ReadTile(ctx, 0, index, partial)
}

func hashes(bundle []byte) ([][]byte, error) {
	var all [][]byte
	for ; len(bundle) >= sha256.Size; bundle = bundle[sha256.Size:] {
		all = append(all, bundle[:sha256.Size])
	}
	if len(bundle) > 0 {
		return nil, fmt.Errorf("a tile ends within a hash")
	}
	return all, nil
}

// runLog appends to a log of Tessera's, which publishes no checkpoint that the policy's witnesses have not cosigned.
func runLog(keys, policyPath string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	policy, err := os.ReadFile(policyPath)
	if err != nil {
		return err
	}
	group, err := tessera.NewWitnessGroupFromPolicy(policy)
	if err != nil {
		return err
	}
	signer, err := signerOf(keys)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "reference-log-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	driver, err := posix.New(ctx, posix.Config{Path: folder})
	if err != nil {
		return err
	}
	options := tessera.NewAppendOptions().WithCheckpointSigner(signer).
		WithBatching(8, 50*time.Millisecond).WithCheckpointInterval(200*time.Millisecond).
		WithWitnesses(group, &tessera.WitnessOptions{FailOpen: false})
	appender, shutdown, reader, err := tessera.NewAppender(ctx, driver, options)
	if err != nil {
		return err
	}
	awaiter := tessera.NewPublicationAwaiter(ctx, reader.ReadCheckpoint, 50*time.Millisecond)
	for n := range 3 {
		_, checkpoint, err := awaiter.Await(ctx, appender.Add(ctx, tessera.NewEntry(fmt.Appendf(nil, "entry %d", n))))
		if err != nil {
			return err
		}
		size := bytes.Split(checkpoint, []byte("\n"))[1]
		fmt.Printf("size %s: cosigned under the policy: %v\n", size, group.Satisfied(checkpoint))
	}
	return shutdown(ctx)
}

func signerOf(folder string) (note.Signer, error) {
	name, err := os.ReadFile(filepath.Join(folder, "log.name"))
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(folder, "log.pem"))
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("log.pem is no PEM")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	private, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("log.pem is not an Ed25519 key")
	}
	origin := strings.TrimSpace(string(name))
	public := append([]byte{1}, private.Public().(ed25519.PublicKey)...)
	id := sha256.Sum256(append([]byte(origin+"\n"), public...))
	secret := base64.StdEncoding.EncodeToString(append([]byte{1}, private.Seed()...))
	return note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%x+%s", origin, id[:4], secret))
}
