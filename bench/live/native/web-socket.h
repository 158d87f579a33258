// Frames of RFC 6455, as far as a server and a client of short messages need them.
#ifndef WEB_SOCKET_H
#define WEB_SOCKET_H
#include <stdint.h>
#include <stddef.h>

enum { TEXT = 1, CLOSE = 8, PING = 9, PONG = 10 };
// A head with its mask.
enum { MOST_HEAD_BYTES = 14 };

struct frame {
  int kind;
  char *payload;
  size_t length;
};

// Reads the frame that begins at `at`, unmasks it in place, and answers its whole length; 0 = not all of it has come.
size_t read_frame(char *at, size_t length, struct frame *frame);

// Writes the head of a frame and answers its length. A client's is masked, by zeros, so that the payload stays as it is.
size_t write_head(char *at, int kind, size_t length, int is_masked);
#endif
