/* A file system that fails on demand: preloaded, it stands before libc's calls that change files.
 *
 * Every call that touches a path below one folder is numbered; the one with a given number fails with a given
 * errno (once, or with all that follow), or is the last thing that the process lives to do. What Python,
 * SQLite and FAISS write all comes through here.
 *
 *     cc -shared -fPIC -O1 -o faultfs.so faultfs.c -ldl
 */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { OFF, FAIL_ONCE, FAIL_FROM, KILL_BEFORE, KILL_AFTER };
#define FILES 4096

static char root[4096];
static int mode = OFF, error_number, with_reads, report_to = -1;
static long calls, target;
static char *names[FILES]; /* of the open files below the folder */

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

/* Begin to count; the calls are numbered from 1. */
void faultfs_arm(const char *folder, int how, long at, int number, int reads, int report) {
    strncpy(root, folder, sizeof root - 1);
    calls = 0, target = at, error_number = number, with_reads = reads, report_to = report;
    mode = how;
}

long faultfs_calls(void) { return calls; }
void faultfs_disarm(void) { mode = OFF; }

static int below(const char *path) {
    size_t n = strlen(root);
    return n && path && strncmp(path, root, n) == 0 && (path[n] == '/' || !path[n]);
}

static const char *name_of(int fd) { return fd >= 0 && fd < FILES ? names[fd] : NULL; }

static int below_at(int directory, const char *path) {
    return path && (path[0] == '/' ? below(path) : directory != AT_FDCWD && name_of(directory) != NULL);
}

static void remember(int fd, const char *path) {
    if (fd >= 0 && fd < FILES) free(names[fd]), names[fd] = path ? strdup(path) : NULL;
}

static void say(const char *what, const char *path) {
    char line[4400];
    if (report_to < 0) return;
    int n = snprintf(line, sizeof line, "%s %s\n", what, path + (below(path) ? strlen(root) : 0));
    syscall(SYS_write, report_to, line, n);
}

/* Number a call; return whether it is to fail. */
static int fails(const char *what, const char *path) {
    if (mode == OFF) return 0;
    long n = ++calls;
    if (n == target) say(what, path);
    if (mode == KILL_BEFORE && n == target) kill(getpid(), SIGKILL);
    if ((mode == FAIL_ONCE && n == target) || (mode == FAIL_FROM && n >= target)) {
        errno = error_number;
        return 1;
    }
    return 0;
}

static void done(void) {
    if (mode == KILL_AFTER && calls == target) kill(getpid(), SIGKILL);
}

#define GUARDED(type, bad, what, is_below, path, call)                                                           \
    do {                                                                                                         \
        if (!(is_below)) return call;                                                                            \
        if (fails(what, path)) return bad;                                                                       \
        type outcome = call;                                                                                     \
        int kept = errno;                                                                                        \
        done();                                                                                                  \
        errno = kept;                                                                                            \
        return outcome;                                                                                          \
    } while (0)

static int opened(const char *name, int directory, const char *path, int flags, mode_t bits) {
    int inside = below_at(directory, path) || (directory == AT_FDCWD && below(path));
    int writes = (flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT;
    (void)name;
    if (inside && (writes || with_reads) && fails(writes ? "open" : "open-r", path)) return -1;
    int fd = (int)syscall(SYS_openat, directory, path, flags, bits);
    int kept = errno;
    if (inside) remember(fd, path), done();
    errno = kept;
    return fd;
}

#define BITS                                                                                                     \
    mode_t bits = 0;                                                                                             \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                                         \
        va_list more;                                                                                            \
        va_start(more, flags), bits = va_arg(more, mode_t), va_end(more);                                        \
    }
int open(const char *path, int flags, ...) { BITS return opened("open", AT_FDCWD, path, flags, bits); }
int open64(const char *path, int flags, ...) { BITS return opened("open", AT_FDCWD, path, flags, bits); }
int openat(int at, const char *path, int flags, ...) { BITS return opened("open", at, path, flags, bits); }
int openat64(int at, const char *path, int flags, ...) { BITS return opened("open", at, path, flags, bits); }
int __open_2(const char *path, int flags) { return opened("open", AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened("open", AT_FDCWD, path, flags, 0); }

int close(int fd) {
    remember(fd, NULL);
    return REAL(close)(fd);
}

#define ON_FD(type, what, fd, call) GUARDED(type, -1, what, name_of(fd), name_of(fd), call)
ssize_t write(int fd, const void *data, size_t n) { ON_FD(ssize_t, "write", fd, REAL(write)(fd, data, n)); }
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) {
    ON_FD(ssize_t, "write", fd, REAL(pwrite)(fd, data, n, at));
}
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
    ON_FD(ssize_t, "write", fd, REAL(pwrite64)(fd, data, n, at));
}
int fsync(int fd) { ON_FD(int, "fsync", fd, REAL(fsync)(fd)); }
int fdatasync(int fd) { ON_FD(int, "fsync", fd, REAL(fdatasync)(fd)); }
int ftruncate(int fd, off_t size) { ON_FD(int, "truncate", fd, REAL(ftruncate)(fd, size)); }
int ftruncate64(int fd, off64_t size) { ON_FD(int, "truncate", fd, REAL(ftruncate64)(fd, size)); }
ssize_t read(int fd, void *data, size_t n) {
    if (!with_reads) return REAL(read)(fd, data, n);
    ON_FD(ssize_t, "read", fd, REAL(read)(fd, data, n));
}
ssize_t pread64(int fd, void *data, size_t n, off64_t at) {
    if (!with_reads) return REAL(pread64)(fd, data, n, at);
    ON_FD(ssize_t, "read", fd, REAL(pread64)(fd, data, n, at));
}

#define ON_PATH(what, path, call) GUARDED(int, -1, what, below(path), path, call)
int rename(const char *from, const char *to) { ON_PATH("rename", to, REAL(rename)(from, to)); }
int mkdir(const char *path, mode_t bits) { ON_PATH("mkdir", path, REAL(mkdir)(path, bits)); }
int rmdir(const char *path) { ON_PATH("rmdir", path, REAL(rmdir)(path)); }
int unlink(const char *path) { ON_PATH("unlink", path, REAL(unlink)(path)); }
int chmod(const char *path, mode_t bits) { ON_PATH("chmod", path, REAL(chmod)(path, bits)); }
int unlinkat(int at, const char *path, int flags) {
    GUARDED(int, -1, "unlink", below_at(at, path), path, REAL(unlinkat)(at, path, flags));
}
int renameat(int a, const char *from, int b, const char *to) {
    GUARDED(int, -1, "rename", below_at(b, to), to, REAL(renameat)(a, from, b, to));
}

static FILE *opened_stream(const char *path, const char *how) {
    int writes = how[0] != 'r' || strchr(how, '+');
    int inside = below(path);
    if (inside && (writes || with_reads) && fails(writes ? "open" : "open-r", path)) return NULL;
    FILE *stream = REAL(fopen64)(path, how);
    if (inside && stream) remember(fileno(stream), path), done();
    return stream;
}
FILE *fopen(const char *path, const char *how) { return opened_stream(path, how); }
FILE *fopen64(const char *path, const char *how) { return opened_stream(path, how); }
size_t fwrite(const void *data, size_t size, size_t n, FILE *stream) {
    int fd = fileno(stream);
    GUARDED(size_t, 0, "write", name_of(fd), name_of(fd), REAL(fwrite)(data, size, n, stream));
}
size_t fread(void *data, size_t size, size_t n, FILE *stream) {
    int fd = fileno(stream);
    if (!with_reads) return REAL(fread)(data, size, n, stream);
    GUARDED(size_t, 0, "read", name_of(fd), name_of(fd), REAL(fread)(data, size, n, stream));
}

/* What a stream still holds is written when it is closed; where that fails, the end of the file is missing. */
int fclose(FILE *stream) {
    int fd = fileno(stream);
    if (!name_of(fd) || (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY) {
        remember(fd, NULL);
        return REAL(fclose)(stream);
    }
    char path[4096];
    strncpy(path, name_of(fd), sizeof path - 1), path[sizeof path - 1] = 0;
    int failed = fails("close", path), number = errno;
    remember(fd, NULL);
    int outcome = REAL(fclose)(stream);
    struct stat status;
    if (failed && stat(path, &status) == 0 && status.st_size > 0 && truncate(path, status.st_size - 1) == 0) {
        errno = number;
        return EOF;
    }
    done();
    return failed ? EOF : outcome;
}
