#define _GNU_SOURCE
#include "common.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

uint64_t now_micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

void fail(const char *format, ...) {
  va_list words;
  va_start(words, format);
  vfprintf(stderr, format, words);
  va_end(words);
  fputc('\n', stderr);
  exit(1);
}

const char *find_text(const char *in, size_t length, const char *text) {
  return memmem(in, length, text, strlen(text));
}

uint64_t number_after(const char *in, size_t length, const char *key) {
  const char *found = find_text(in, length, key);
  if (!found) return 0;
  uint64_t number = 0;
  for (const char *at = found + strlen(key); at < in + length && *at >= '0' && *at <= '9'; at++) {
    number = number * 10 + (uint64_t)(*at - '0');
  }
  return number;
}

size_t read_chunk_line(const char *at, size_t length, size_t *size) {
  const char *end = memmem(at, length, "\r\n", 2);
  if (!end) return 0;
  *size = strtoul(at, NULL, 16);
  return (size_t)(end - at) + 2;
}

char *read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) fail("%s: %s", path, strerror(errno));
  fseek(file, 0, SEEK_END);
  size_t length = (size_t)ftell(file);
  rewind(file);
  char *text = malloc(length + 1);
  if (fread(text, 1, length, file) != length) fail("%s could not be read.", path);
  text[length] = 0;
  fclose(file);
  return text;
}
