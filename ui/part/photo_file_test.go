package part

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestAPhotoIsLookedForInTheStoresFolderAndNowhereElse(t *testing.T) {
	outer := t.TempDir()
	folder := filepath.Join(outer, "desk")
	face := asPNG(t, quarters(8, 8))
	for _, dir := range []string{filepath.Join(folder, "photos", "deep")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for path, content := range map[string][]byte{
		filepath.Join(outer, "other.png"):                   face,
		filepath.Join(folder, "face.png"):                   face,
		filepath.Join(folder, "photos", "deep", "face.png"): face,
		filepath.Join(folder, "large.png"):                  append(face, make([]byte, maxPhotoBytes)...),
		filepath.Join(folder, "hidden.png"):                 face,
	} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{
		"out.png": filepath.Join(outer, "other.png"), "up.png": "../other.png", "away": outer, "in.png": "photos/deep/face.png", "nowhere.png": "gone.png",
	} {
		if err := os.Symlink(to, filepath.Join(folder, link)); err != nil {
			t.Fatal(err)
		}
	}
	cases := map[string]struct {
		ref  string
		want error
	}{
		"a file in the folder":                       {"face.png", nil},
		"a file in a folder of the folder":           {"photos/deep/face.png", nil},
		"a link inside the folder":                   {"in.png", nil},
		"a way up that stays inside":                 {"photos/../face.png", nil},
		"a full path":                                {filepath.Join(outer, "other.png"), nil},
		"a way out":                                  {"../other.png", ErrPhotoOutside},
		"a way out after a way in":                   {"photos/../../other.png", ErrPhotoOutside},
		"a link out by a full path":                  {"out.png", ErrPhotoOutside},
		"a link out by a relative path":              {"up.png", ErrPhotoOutside},
		"a folder that is a link out":                {"away/other.png", ErrPhotoOutside},
		"a link to nothing":                          {"nowhere.png", ErrPhotoAway},
		"no file":                                    {"gone.png", ErrPhotoAway},
		"no file by a full path":                     {filepath.Join(outer, "gone.png"), ErrPhotoAway},
		"the reference of another system":            {"IMG 2231/26", ErrPhotoAway},
		"nothing":                                    {"", ErrPhotoAway},
		"a folder":                                   {"photos", ErrPhotoOdd},
		"a device":                                   {os.DevNull, ErrPhotoOdd},
		"more than ten megabytes, before it is read": {"large.png", ErrPhotoLarge},
	}
	for name, c := range cases {
		f, err := OpenPhoto(folder, c.ref)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if err != nil {
			continue
		}
		if _, err := ReadPhoto(f); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := OpenPhoto("", "face.png"); !errors.Is(err, ErrPhotoAway) {
		t.Errorf("a store that is no file has no folder: %v", err)
	}
}
