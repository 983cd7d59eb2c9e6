package store

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// system is what the folder's file system can do.
type system struct {
	unnamed  bool // files can be written without a name (O_TMPFILE)
	together bool // one syncfs does for all
}

// systemOf asks the folder. A call that syncs the whole file system is trusted
// only on those that are known to wait for the disk in it: one over the network or
// in another program need not.
func systemOf(dir *os.File) system {
	var s system
	var about unix.Statfs_t
	if unix.Fstatfs(int(dir.Fd()), &about) == nil {
		switch int64(about.Type) {
		case unix.EXT4_SUPER_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC, unix.F2FS_SUPER_MAGIC,
			unix.OVERLAYFS_SUPER_MAGIC, unix.TMPFS_MAGIC:
			s.together = true
		}
	}
	s.unnamed = true
	file, err := s.nameless(dir)
	if err != nil {
		return system{together: s.together}
	}
	defer file.Close()
	s.unnamed = unix.Access(procName(file), unix.F_OK) == nil
	return s
}

// openFiles is how many files this program may have open at once.
func openFiles() int {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &limit) != nil {
		return 1024
	}
	return int(min(limit.Cur, 1<<20))
}

// nameless makes a file without a name: nothing is left of it if we are killed.
func (s system) nameless(dir *os.File) (*os.File, error) {
	if !s.unnamed {
		return nil, unix.EOPNOTSUPP
	}
	fd, err := unix.Openat(int(dir.Fd()), ".", unix.O_TMPFILE|unix.O_WRONLY|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "a page"), nil
}

// link gives a nameless file a name that is free: open(2), under O_TMPFILE. By its
// number alone only root may before Linux 6.10, which says that there is no such file.
func (s system) link(dir, file *os.File, name string) error {
	err := unix.Linkat(int(file.Fd()), "", int(dir.Fd()), name, unix.AT_EMPTY_PATH)
	if err != unix.ENOENT {
		return err
	}
	return unix.Linkat(unix.AT_FDCWD, procName(file), int(dir.Fd()), name, unix.AT_SYMLINK_FOLLOW)
}

func procName(file *os.File) string { return "/proc/self/fd/" + strconv.Itoa(int(file.Fd())) }

// syncAll brings the data of the whole file system to the disk. Since Linux 5.8 it tells
// of any write that failed after dir was opened, be it of another program.
func (s system) syncAll(dir *os.File) error { return unix.Syncfs(int(dir.Fd())) }
