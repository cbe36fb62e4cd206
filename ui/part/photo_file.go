package part

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Errors of OpenPhoto, in the words the frame shows; what the file is called is nobody's business on a projector.
var (
	ErrPhotoAway    = errors.New("the photo on record is not on this machine")
	ErrPhotoOdd     = errors.New("the photo on record is not a file")
	ErrPhotoDenied  = errors.New("the photo on record may not be read by this officer's account")
	ErrPhotoOutside = errors.New("the photo on record lies outside the store's folder: give its full path, or move it there")
)

// OpenPhoto opens the photo a record names, for ReadPhoto. A full path is taken as it is; any other is looked for in the
// store's folder, and neither ".." nor a link leads out of there: what is written on a record must not choose what else
// of the machine is read.
func OpenPhoto(folder, ref string) (*os.File, error) {
	f, err := openWithin(folder, ref)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		err = ErrPhotoAway
	case !info.Mode().IsRegular(): // a device or a pipe would never end
		err = ErrPhotoOdd
	case info.Size() > maxPhotoBytes:
		err = ErrPhotoLarge
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// openWithin opens without waiting: behind a name may be a pipe that nobody writes to.
func openWithin(folder, ref string) (*os.File, error) {
	const how = os.O_RDONLY | syscall.O_NONBLOCK
	if filepath.IsAbs(ref) {
		f, err := os.OpenFile(ref, how, 0) //nolint:gosec // the path is on record, and only a picture is ever shown of it
		return f, photoError(err)
	}
	if folder == "" || ref == "" {
		return nil, ErrPhotoAway
	}
	if !filepath.IsLocal(ref) {
		return nil, ErrPhotoOutside
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, photoError(err)
	}
	f, err := root.OpenFile(ref, how, 0)
	if err != nil && leadsOut(root, ref) {
		err = ErrPhotoOutside
	}
	return f, errors.Join(photoError(err), root.Close())
}

// leadsOut tells a link that leads out of the folder from other reasons a file there cannot be opened: what the link names
// can be read, and from inside the folder cannot be reached.
func leadsOut(root *os.Root, ref string) bool {
	_, inside := root.Stat(ref)
	return inside != nil && !errors.Is(inside, fs.ErrNotExist) && !errors.Is(inside, fs.ErrPermission)
}

func photoError(err error) error {
	switch {
	case err == nil, errors.Is(err, ErrPhotoOutside):
		return err
	case errors.Is(err, fs.ErrPermission):
		return ErrPhotoDenied
	}
	return ErrPhotoAway
}
