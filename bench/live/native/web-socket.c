#include "web-socket.h"
#include "common.h"
#include <string.h>

static uint64_t big_endian(const unsigned char *at, int bytes) {
  uint64_t value = 0;
  for (int index = 0; index < bytes; index++) value = value << 8 | at[index];
  return value;
}

size_t read_frame(char *at, size_t length, struct frame *frame) {
  const unsigned char *head = (const unsigned char *)at;
  if (length < 2) return 0;
  if (!(head[0] & 0x80)) fail("A message came in fragments, which nobody here reads.");
  int is_masked = head[1] & 0x80;
  size_t payload = head[1] & 0x7f;
  int size_bytes = payload == 126 ? 2 : payload == 127 ? 8 : 0;
  size_t head_bytes = 2 + (size_t)size_bytes + (is_masked ? 4 : 0);
  if (length < head_bytes) return 0;
  if (size_bytes > 0) payload = big_endian(head + 2, size_bytes);
  if (length - head_bytes < payload) return 0;
  frame->kind = head[0] & 0x0f;
  frame->payload = at + head_bytes;
  frame->length = payload;
  const char *mask = at + head_bytes - 4;
  for (size_t index = 0; is_masked && index < payload; index++) frame->payload[index] ^= mask[index % 4];
  return head_bytes + payload;
}

size_t write_head(char *at, int kind, size_t length, int is_masked) {
  size_t size = 2;
  at[0] = (char)(0x80 | kind);
  if (length < 126) at[1] = (char)length;
  else if (length < 65536) {
    at[1] = 126;
    at[2] = (char)(length >> 8);
    at[3] = (char)length;
    size = 4;
  } else fail("A message of %zu bytes is longer than anything that is sent here.", length);
  if (!is_masked) return size;
  at[1] = (char)(at[1] | 0x80);
  memset(at + size, 0, 4);
  return size + 4;
}
