/* Loaded before the C library: notes what a process writes to the files of one database, and what of it was asked to be kept.
   $CUT_PREFIX: paths that begin so are watched; $CUT_LOG: where it is noted, one record after the other:
   kind (W: bytes at a place, T: new length, S: kept, U: gone), the path's end and its length, the place, the length, the bytes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 4096
static char names[MOST][64]; /* by descriptor: the end of the path, or empty */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static const char *end_of(const char *path) {
    const char *prefix = getenv("CUT_PREFIX");
    if (!prefix || !path || strncmp(path, prefix, strlen(prefix))) return NULL;
    const char *end = path + strlen(prefix);
    return strcmp(end, "-shm") && strncmp(end, ".lock", 5) && strncmp(end, ".new", 4) ? end : NULL;
}

static void note(char kind, const char *name, int64_t place, int64_t length, const void *bytes) {
    struct __attribute__((packed)) { char kind; char name[64]; int64_t place, length; } head = {kind, {0}, place, length};
    const char *log = getenv("CUT_LOG");
    strncpy(head.name, name, 63);
    pthread_mutex_lock(&turn);
    int file = log ? (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (file >= 0) {
        size_t size = sizeof head + (bytes ? (size_t)length : 0);
        char *whole = malloc(size);
        memcpy(whole, &head, sizeof head);
        if (bytes) memcpy(whole + sizeof head, bytes, (size_t)length);
        syscall(SYS_write, file, whole, size);
        free(whole);
        syscall(SYS_close, file);
    }
    pthread_mutex_unlock(&turn);
}

static int opened(int file, const char *path) {
    const char *end = end_of(path);
    if (file >= 0 && file < MOST) {
        names[file][0] = 0;
        if (end) { names[file][0] = '='; strncpy(names[file] + 1, end, 62); }
    }
    return file;
}

static const char *watched(int file) { return file >= 0 && file < MOST && names[file][0] ? names[file] + 1 : NULL; }

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define OPEN(name)                                                                  \
    int name(const char *path, int flags, ...) {                                    \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
        return opened(NEXT(name)(path, flags, mode), path);                         \
    }
OPEN(open)
OPEN(open64)

int close(int file) {
    if (file >= 0 && file < MOST) names[file][0] = 0;
    return NEXT(close)(file);
}

ssize_t write(int file, const void *bytes, size_t length) {
    const char *name = watched(file);
    int64_t place = name ? lseek(file, 0, SEEK_CUR) : 0;
    ssize_t done = NEXT(write)(file, bytes, length);
    if (name && done > 0) note('W', name, place, done, bytes);
    return done;
}

#define PWRITE(name, offset)                                                        \
    ssize_t name(int file, const void *bytes, size_t length, offset place) {        \
        ssize_t done = NEXT(name)(file, bytes, length, place);                      \
        if (watched(file) && done > 0) note('W', watched(file), place, done, bytes);\
        return done;                                                                \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, offset)                                                      \
    int name(int file, offset length) {                                             \
        int done = NEXT(name)(file, length);                                        \
        if (watched(file) && !done) note('T', watched(file), length, 0, NULL);      \
        return done;                                                                \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define KEEP(name)                                                                  \
    int name(int file) {                                                            \
        int done = NEXT(name)(file);                                                \
        if (watched(file) && !done) note('S', watched(file), 0, 0, NULL);           \
        return done;                                                                \
    }
KEEP(fsync)
KEEP(fdatasync)

int unlink(const char *path) {
    int done = NEXT(unlink)(path);
    if (!done && end_of(path)) note('U', end_of(path), 0, 0, NULL);
    return done;
}
