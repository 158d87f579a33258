// The floor: the least that a server of subscriptions does. It hears messages from Redis and writes the same bytes as all
// others to each subscriber, with its id in front: one write(2) a subscriber, no JSON read, no token looked at, nothing kept.
// Words: port, port of Redis, `events` for event streams.
#define _GNU_SOURCE
#include "common.h"
#include "web-socket.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 512, ID_BYTES = 36, MOST_FILES = 20000, MOST_EVENTS = 10000, MOST_BYTES = 1 << 20 };

struct connection {
  char id[ID_BYTES + 1];
  int is_open;
};

struct group {
  int *files;
  size_t count;
};

static struct connection connections[MOST_FILES];
static struct group groups[MOST_EVENTS];
static int poller, listener, redis, is_stream;
static char from_redis[MOST_BYTES];
static size_t from_redis_bytes;

static void watch(int file) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = file};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, file, &event) < 0) fail("epoll_ctl: %s", strerror(errno));
}

static void send_all(int file, const char *bytes, size_t length) {
  ssize_t sent = write(file, bytes, length);
  if (sent == (ssize_t)length) return;
  if (sent < 0 && (errno == EPIPE || errno == ECONNRESET)) return;
  // The load reads at once: a socket that is full would be a fault of the bench.
  fail("Writing %zu bytes: %s", length, sent < 0 ? strerror(errno) : "not all were taken");
}

static size_t event_of(const char *text, size_t length) {
  uint64_t number = number_after(text, length, "event-");
  if (number >= MOST_EVENTS) fail("The floor serves %d events.", MOST_EVENTS);
  return number;
}

static void join(int file, size_t event) {
  struct group *group = &groups[event];
  group->files = realloc(group->files, (group->count + 1) * sizeof *group->files);
  group->files[group->count++] = file;
}

static void leave(int file) {
  connections[file].is_open = 0;
  close(file);
}

static void take_frames(int file, char *at, size_t length) {
  struct frame frame;
  for (size_t size; length > 0; at += size, length -= size) {
    // The load sends a message by one write, and on loopback it comes as a whole.
    if ((size = read_frame(at, length, &frame)) == 0) fail("A message was cut.");
    const char *id = find_text(frame.payload, frame.length, "\"id\":\"");
    if (frame.kind != TEXT) continue;
    if (id) {
      memcpy(connections[file].id, id + 6, ID_BYTES);
      join(file, event_of(frame.payload, frame.length));
    } else if (find_text(frame.payload, frame.length, "\"connection_init\"")) {
      static const char answer[] = "\x81\x19{\"type\":\"connection_ack\"}";
      send_all(file, answer, sizeof answer - 1);
    }
  }
}

static void take_request(int file, const char *at, size_t length) {
  static const char upgraded[] = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                                 "sec-websocket-accept: " HANDSHAKE_ANSWER
                                 "\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n";
  static const char streaming[] = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
  connections[file].is_open = 1;
  if (!is_stream) return send_all(file, upgraded, sizeof upgraded - 1);
  send_all(file, streaming, sizeof streaming - 1);
  join(file, event_of(at, length));
}

static void read_client(int file) {
  static char buffer[1 << 16];
  ssize_t length = read(file, buffer, sizeof buffer);
  if (length < 0 && errno == EAGAIN) return;
  if (length <= 0) return leave(file);
  if (connections[file].is_open) {
    if (!is_stream) take_frames(file, buffer, (size_t)length);
  } else take_request(file, buffer, (size_t)length);
}

static void accept_all(void) {
  for (int file; (file = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    if (file >= MOST_FILES) fail("A process may not hold more than %d files.", MOST_FILES);
    int yes = 1;
    setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    watch(file);
  }
}

// From {"seq":…,"asOf":…,"data":{…}} to what a subscriber gets: the data with seq and asOf in it, below the field.
static size_t write_value(char *to, const char *message, size_t length) {
  const char *data = find_text(message, length, "\"data\":{");
  if (!data) return 0;
  size_t before = (size_t)(data - message), after = length - before - 8 - 1;
  return (size_t)sprintf(to, "{\"data\":{\"occupancyChanged\":%.*s%.*s}}", (int)before, message, (int)after, data + 8);
}

static void fan_out(const char *channel, size_t channel_bytes, const char *message, size_t length) {
  static char frame[1 << 16], value[1 << 15];
  const struct group *group = &groups[event_of(channel, channel_bytes)];
  size_t value_bytes = write_value(value, message, length), total;
  char *id = NULL;
  if (is_stream) {
    size_t event_bytes = value_bytes + strlen("event: next\ndata: \n\n");
    total = (size_t)sprintf(frame, "%zx\r\nevent: next\ndata: %.*s\n\n\r\n", event_bytes, (int)value_bytes, value);
  } else {
    size_t payload = value_bytes + ID_BYTES + strlen("{\"id\":\"\",\"type\":\"next\",\"payload\":}");
    size_t head = write_head(frame, TEXT, payload, 0);
    id = frame + head + strlen("{\"id\":\"");
    total = head + (size_t)sprintf(frame + head, "{\"id\":\"%*s\",\"type\":\"next\",\"payload\":%.*s}", ID_BYTES, "",
                                   (int)value_bytes, value);
  }
  for (size_t index = 0; index < group->count; index++) {
    int file = group->files[index];
    if (!connections[file].is_open) continue;
    if (id) memcpy(id, connections[file].id, ID_BYTES);
    send_all(file, frame, total);
  }
}

// Reads `$LENGTH\r\nTEXT\r\n` and answers where it ends; null = not all of it has come.
static const char *read_text(const char *at, const char *end, const char **text, size_t *length) {
  const char *line = memmem(at, (size_t)(end - at), "\r\n", 2);
  if (!line) return NULL;
  *text = line + 2;
  *length = strtoul(at + 1, NULL, 10);
  return *text + *length + 2 <= end ? *text + *length + 2 : NULL;
}

// A message of a pattern is four texts: `pmessage`, the pattern, the channel, the message.
static void read_redis(void) {
  ssize_t got = read(redis, from_redis + from_redis_bytes, MOST_BYTES - from_redis_bytes);
  if (got <= 0) fail("Redis has gone.");
  from_redis_bytes += (size_t)got;
  const char *at = from_redis, *end = from_redis + from_redis_bytes;
  for (;;) {
    const char *next = at, *texts[4];
    size_t lengths[4];
    next = at < end ? memmem(at, (size_t)(end - at), "\r\n", 2) : NULL;
    if (next) next += 2;
    for (int part = 0; part < 4 && next; part++) next = read_text(next, end, &texts[part], &lengths[part]);
    if (!next) break;
    fan_out(texts[2], lengths[2], texts[3], lengths[3]);
    at = next;
  }
  from_redis_bytes = (size_t)(end - at);
  memmove(from_redis, at, from_redis_bytes);
}

static struct sockaddr_in local(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static void listen_at(int port) {
  struct sockaddr_in address = local(port);
  int yes = 1;
  listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) fail("bind: %s", strerror(errno));
  if (listen(listener, 4096) < 0) fail("listen: %s", strerror(errno));
  watch(listener);
}

static void hear_redis(int port) {
  static const char subscribe[] = "*2\r\n$10\r\nPSUBSCRIBE\r\n$5\r\norg:*\r\n";
  struct sockaddr_in address = local(port);
  redis = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(redis, (struct sockaddr *)&address, sizeof address) < 0) fail("Redis: %s", strerror(errno));
  send_all(redis, subscribe, sizeof subscribe - 1);
  // Its answer, `*3 psubscribe org:* 1`, is no message.
  char answer[128];
  size_t length = 0;
  while (!memmem(answer, length, ":1\r\n", 4)) {
    ssize_t got = read(redis, answer + length, 1);
    if (got <= 0 || ++length == sizeof answer) fail("Redis did not take the subscription.");
  }
  watch(redis);
}

int main(int count, char **words) {
  if (count < 3) fail("It takes a port, the port of Redis, and `events` for event streams.");
  signal(SIGPIPE, SIG_IGN);
  is_stream = count > 3 && !strcmp(words[3], "events");
  poller = epoll_create1(0);
  hear_redis(atoi(words[2]));
  listen_at(atoi(words[1]));
  struct epoll_event events[BATCH];
  for (;;) {
    int ready = epoll_wait(poller, events, BATCH, -1);
    for (int index = 0; index < ready; index++) {
      int file = events[index].data.fd;
      if (file == listener) accept_all();
      else if (file == redis) read_redis();
      else read_client(file);
    }
  }
}
