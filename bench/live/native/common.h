// What the load and the floor share: one clock, one way to fail, one way to find a number in a message.
#ifndef COMMON_H
#define COMMON_H
#include <stddef.h>
#include <stdint.h>

// A handshake with a fixed key has a fixed answer, so that nobody here needs SHA-1: the example of RFC 6455, section 1.3.
#define HANDSHAKE_KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define HANDSHAKE_ANSWER "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

// Microseconds of the monotonic clock, which all processes of a machine share.
uint64_t now_micros(void);

// Says what went wrong, on standard error, and ends the program.
void fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

// Where a text begins within another; null where it does not.
const char *find_text(const char *in, size_t length, const char *text);

// The number behind a key such as `"seq":`; 0 where there is none.
uint64_t number_after(const char *in, size_t length, const char *key);

// Whether a chunk such as `1f\r\n` begins at `at`: its size goes to `size`, and the bytes of its line are answered. 0 = more
// bytes are needed.
size_t read_chunk_line(const char *at, size_t length, size_t *size);

// All of a file, with a zero behind it.
char *read_file(const char *path);
#endif
