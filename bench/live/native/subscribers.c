// The load: subscribers that do no more than read. Each has a socket and a token of its own, subscribes, then counts what
// comes: the time since it was published, and numbers that were left out. Raw sockets and epoll, since the server is what is
// measured. `take SEQ` on standard input has it say what came since the last time, as a line of JSON; its end ends it.
#define _GNU_SOURCE
#include "common.h"
#include "lag.h"
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
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

// Local ports end at some 28,000 an address; and connections should not all look alike.
enum { ADDRESSES = 20, BATCH = 512, MOST_BYTES = 1 << 18, MOST_SENT = 16384 };

enum stage { CONNECTING, ASKING, GREETING, SUBSCRIBED, CLOSED };

struct connection {
  int file;
  enum stage stage;
  uint64_t last_seq;
  // What of a message has come so far, where it was cut.
  char *kept;
  size_t kept_bytes;
};

static struct {
  int port;
  size_t count;
  // Number of the first one, among those of all processes: events are dealt by it.
  size_t first;
  size_t events;
  size_t in_flight;
  int is_stream;
  char *payload;
  char *tokens;
} options;

static struct connection *connections;
static int poller;
static uint64_t began;
static size_t begun, in_flight, subscribed, with_value;
static uint64_t received, lost, repeated, closed, refused, received_bytes, last_received;
static char buffer[MOST_BYTES + 1];

static void send_all(const struct connection *one, const char *bytes, size_t length) {
  ssize_t sent = write(one->file, bytes, length);
  // Short messages to a socket that has nothing waiting always fit.
  if (sent != (ssize_t)length) fail("Sending %zu bytes: %s", length, sent < 0 ? strerror(errno) : "not all were taken");
}

static void send_frame(const struct connection *one, int kind, const char *payload, size_t length) {
  char frame[MOST_SENT + MOST_HEAD_BYTES];
  if (length > MOST_SENT) fail("A message of %zu bytes is too long.", length);
  size_t head = write_head(frame, kind, length, 1);
  memcpy(frame + head, payload, length);
  send_all(one, frame, head + length);
}

static const char *next_token(void) {
  char *token = options.tokens;
  char *end = strchr(token, '\n');
  if (!end) fail("There are fewer tokens than subscribers.");
  *end = 0;
  options.tokens = end + 1;
  return token;
}

// The payload with the number of the subscriber's event where it says `@`.
static void write_payload(const struct connection *one, char *to, size_t room) {
  size_t number = (options.first + (size_t)(one - connections)) % options.events;
  const char *place = strchr(options.payload, '@');
  if (!place) fail("The payload has no @ for the event's number.");
  snprintf(to, room, "%.*s%zu%s", (int)(place - options.payload), options.payload, number, place + 1);
}

static void ask(struct connection *one) {
  char text[MOST_SENT], payload[MOST_SENT / 2];
  int length;
  if (options.is_stream) {
    write_payload(one, payload, sizeof payload);
    length = snprintf(text, sizeof text,
                      "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:%d\r\naccept: text/event-stream\r\ncontent-type: "
                      "application/json\r\nauthorization: Bearer %s\r\ncontent-length: %zu\r\n\r\n%s",
                      options.port, next_token(), strlen(payload), payload);
  } else {
    length = snprintf(text, sizeof text,
                      "GET /graphql HTTP/1.1\r\nhost: 127.0.0.1:%d\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                      "sec-websocket-version: 13\r\nsec-websocket-key: " HANDSHAKE_KEY
                      "\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n",
                      options.port);
  }
  if (length >= (int)sizeof text) fail("A request of %d bytes is too long.", length);
  send_all(one, text, (size_t)length);
  one->stage = ASKING;
}

static void greet(struct connection *one) {
  char text[MOST_SENT];
  int length = snprintf(text, sizeof text, "{\"type\":\"connection_init\",\"payload\":{\"accessToken\":\"%s\"}}", next_token());
  send_frame(one, TEXT, text, (size_t)length);
  one->stage = GREETING;
}

static void say(const char *kind) {
  printf("{\"kind\":\"%s\",\"micros\":%llu}\n", kind, (unsigned long long)(now_micros() - began));
  fflush(stdout);
}

static void became_subscribed(struct connection *one) {
  one->stage = SUBSCRIBED;
  in_flight--;
  if (++subscribed == options.count) say("subscribed");
}

static void subscribe(struct connection *one) {
  char text[MOST_SENT], payload[MOST_SENT / 2];
  write_payload(one, payload, sizeof payload);
  int length = snprintf(text, sizeof text, "{\"id\":\"%08zx-0000-4000-8000-%012zx\",\"type\":\"subscribe\",\"payload\":%s}",
                        options.first, (size_t)(one - connections), payload);
  send_frame(one, TEXT, text, (size_t)length);
  became_subscribed(one);
}

// A result with a value: all servers put the stamp of the publisher and the number into it.
static void take_value(struct connection *one, const char *text, size_t length) {
  uint64_t published = number_after(text, length, "\"publishedAt\":");
  uint64_t seq = number_after(text, length, "\"seq\":");
  if (seq == 0) fail("A result without seq: %.*s", (int)(length < 1000 ? length : 1000), text);
  last_received = now_micros();
  add_lag(last_received - published);
  received++;
  received_bytes += length;
  if (one->last_seq == 0) {
    if (++with_value == options.count) say("valued");
  } else if (seq <= one->last_seq) repeated++;
  else lost += seq - one->last_seq - 1;
  if (seq > one->last_seq) one->last_seq = seq;
}

static void take_refusal(const struct connection *one, const char *text, size_t length) {
  int shown = (int)(length < 1000 ? length : 1000);
  if (subscribed < options.count || with_value < options.count) fail("Refused: %.*s", shown, text);
  if (refused++ < 3) fprintf(stderr, "Subscriber %zu: %.*s\n", (size_t)(one - connections), shown, text);
}

static void take_message(struct connection *one, const char *text, size_t length) {
  if (find_text(text, length, "\"publishedAt\":")) take_value(one, text, length);
  else if (find_text(text, length, "\"type\":\"connection_ack\"")) subscribe(one);
  else if (find_text(text, length, "\"type\":\"ping\"")) send_frame(one, TEXT, "{\"type\":\"pong\"}", 15);
  else if (!find_text(text, length, "\"type\":\"pong\"")) take_refusal(one, text, length);
}

static void take_close(struct connection *one, const char *why, size_t length) {
  if (one->stage != SUBSCRIBED) fail("A connection was closed before it was subscribed: %.*s", (int)length, why);
  if (closed++ < 3) fprintf(stderr, "Subscriber %zu was closed: %.*s\n", (size_t)(one - connections), (int)length, why);
  close(one->file);
  one->stage = CLOSED;
}

// Each answers how many bytes it has dealt with; what is left is kept until more comes.
static size_t take_frames(struct connection *one, char *at, size_t length) {
  size_t done = 0;
  struct frame frame;
  for (size_t size; one->stage != CLOSED && (size = read_frame(at + done, length - done, &frame)) > 0; done += size) {
    if (frame.kind == TEXT) take_message(one, frame.payload, frame.length);
    else if (frame.kind == PING) send_frame(one, PONG, frame.payload, frame.length);
    else if (frame.kind == CLOSE) take_close(one, frame.payload + 2, frame.length < 2 ? 0 : frame.length - 2);
  }
  return done;
}

static void take_event(struct connection *one, const char *text, size_t length) {
  if (find_text(text, length, "\"publishedAt\":")) take_value(one, text, length);
  // Comments keep the stream awake; an empty one opens it.
  else if (length > 0 && text[0] != ':' && find_text(text, length, "data:")) take_refusal(one, text, length);
}

// Servers write an event, or several, as one chunk; an event that was cut over chunks would be a result without its stamp.
static size_t take_chunks(struct connection *one, const char *at, size_t length) {
  size_t done = 0, size, line;
  while ((line = read_chunk_line(at + done, length - done, &size)) > 0 && length - done >= line + size + 2) {
    const char *text = at + done + line, *end = text + size;
    if (size == 0) {
      take_close(one, "the stream has ended", 20);
      return length;
    }
    for (const char *stop; text < end && (stop = find_text(text, (size_t)(end - text), "\n\n")); text = stop + 2) {
      take_event(one, text, (size_t)(stop - text));
    }
    if (text < end && *text != ':') fail("An event was cut: %.*s", (int)(end - text), text);
    done += line + size + 2;
  }
  return done;
}

static size_t take_head(struct connection *one, const char *at, size_t length) {
  const char *end = find_text(at, length, "\r\n\r\n");
  if (!end) return 0;
  size_t head = (size_t)(end - at) + 4;
  const char *status = options.is_stream ? "HTTP/1.1 200" : "HTTP/1.1 101";
  if (strncmp(at, status, strlen(status)) != 0) fail("The server answered: %.*s", (int)(length < 2000 ? length : 2000), at);
  if (options.is_stream) {
    became_subscribed(one);
    return head;
  }
  if (!find_text(at, head, HANDSHAKE_ANSWER)) fail("The handshake's answer is wrong: %.*s", (int)head, at);
  greet(one);
  return head;
}

static size_t take_bytes(struct connection *one, char *at, size_t length) {
  size_t head = 0;
  if (one->stage == ASKING && (head = take_head(one, at, length)) == 0) return 0;
  char *rest = at + head;
  return head + (options.is_stream ? take_chunks(one, rest, length - head) : take_frames(one, rest, length - head));
}

static void keep(struct connection *one, const char *bytes, size_t length) {
  free(one->kept);
  one->kept = NULL;
  one->kept_bytes = length;
  if (length == 0) return;
  one->kept = malloc(length);
  memcpy(one->kept, bytes, length);
}

static void read_from(struct connection *one) {
  size_t kept = one->kept_bytes;
  if (kept > 0) memcpy(buffer, one->kept, kept);
  ssize_t length = read(one->file, buffer + kept, MOST_BYTES - kept);
  if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (length <= 0) {
    const char *why = length < 0 ? strerror(errno) : "without a word";
    take_close(one, why, strlen(why));
    return;
  }
  size_t all = kept + (size_t)length;
  buffer[all] = 0;
  size_t done = take_bytes(one, buffer, all);
  if (one->stage == CLOSED) keep(one, NULL, 0);
  else if (all - done > 0 || kept > 0) keep(one, buffer + done, all - done);
}

static void watch(struct connection *one, int how, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = one};
  if (epoll_ctl(poller, how, one->file, &event) < 0) fail("epoll_ctl: %s", strerror(errno));
}

static void connect_next(void) {
  struct connection *one = &connections[begun];
  one->file = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (one->file < 0) fail("A process may not hold so many sockets: %s", strerror(errno));
  int yes = 1;
  setsockopt(one->file, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  // Else a port is taken for all addresses at once.
  setsockopt(one->file, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  struct sockaddr_in own = {.sin_family = AF_INET};
  own.sin_addr.s_addr = htonl((uint32_t)(INADDR_LOOPBACK + 1 + (options.first + begun) % ADDRESSES));
  if (bind(one->file, (struct sockaddr *)&own, sizeof own) < 0) fail("bind: %s", strerror(errno));
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port)};
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(one->file, (struct sockaddr *)&server, sizeof server) < 0 && errno != EINPROGRESS)
    fail("connect: %s", strerror(errno));
  begun++;
  in_flight++;
  watch(one, EPOLL_CTL_ADD, EPOLLOUT);
}

static void ready(struct connection *one) {
  if (one->stage != CONNECTING) {
    if (one->stage != CLOSED) read_from(one);
    return;
  }
  int error = 0;
  socklen_t length = sizeof error;
  getsockopt(one->file, SOL_SOCKET, SO_ERROR, &error, &length);
  if (error != 0) fail("connect: %s", strerror(error));
  watch(one, EPOLL_CTL_MOD, EPOLLIN);
  ask(one);
}

static uint64_t own_cpu_micros(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
         (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void tell_taken(uint64_t target) {
  size_t behind = 0;
  for (size_t index = 0; index < options.count; index++) behind += connections[index].last_seq < target;
  printf("{\"kind\":\"taken\",\"received\":%llu,\"lost\":%llu,\"repeated\":%llu,\"closed\":%llu,\"refused\":%llu,\"bytes\":%llu,"
         "\"behind\":%zu,\"lastMicros\":%llu,\"cpuMicros\":%llu,\"lags\":",
         (unsigned long long)received, (unsigned long long)lost, (unsigned long long)repeated, (unsigned long long)closed,
         (unsigned long long)refused, (unsigned long long)received_bytes, behind, (unsigned long long)last_received,
         (unsigned long long)own_cpu_micros());
  take_lags();
  puts("}");
  fflush(stdout);
  received = lost = repeated = closed = refused = received_bytes = 0;
}

static void take_commands(void) {
  static char line[256];
  static size_t length;
  ssize_t got = read(STDIN_FILENO, line + length, sizeof line - 1 - length);
  if (got <= 0) exit(0);
  length += (size_t)got;
  line[length] = 0;
  for (char *end; (end = strchr(line, '\n'));) {
    unsigned long long target;
    if (sscanf(line, "take %llu", &target) != 1) fail("It takes `take SEQ`, not: %s", line);
    tell_taken(target);
    length -= (size_t)(end + 1 - line);
    memmove(line, end + 1, length + 1);
  }
}

// Words of the form name=value; --help of the bench says what they mean.
static void read_words(char **words) {
  options.events = 1;
  options.in_flight = 200;
  for (; *words; words++) {
    char *value = strchr(*words, '=');
    if (!value) fail("\"%s\" is not name=value.", *words);
    *value++ = 0;
    if (!strcmp(*words, "port")) options.port = atoi(value);
    else if (!strcmp(*words, "count")) options.count = strtoul(value, NULL, 10);
    else if (!strcmp(*words, "first")) options.first = strtoul(value, NULL, 10);
    else if (!strcmp(*words, "events")) options.events = strtoul(value, NULL, 10);
    else if (!strcmp(*words, "flight")) options.in_flight = strtoul(value, NULL, 10);
    else if (!strcmp(*words, "transport")) options.is_stream = !strcmp(value, "events");
    else if (!strcmp(*words, "payload")) options.payload = read_file(value);
    else if (!strcmp(*words, "tokens")) options.tokens = read_file(value);
    else fail("There is no \"%s\".", *words);
  }
  if (!options.port || !options.count || !options.payload || !options.tokens) {
    fail("It needs port, count, payload and tokens.");
  }
}

int main(int count, char **words) {
  (void)count;
  signal(SIGPIPE, SIG_IGN);
  read_words(words + 1);
  connections = calloc(options.count, sizeof *connections);
  poller = epoll_create1(0);
  struct epoll_event commands = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &commands);
  began = now_micros();
  struct epoll_event events[BATCH];
  for (;;) {
    while (begun < options.count && in_flight < options.in_flight) connect_next();
    int ready_count = epoll_wait(poller, events, BATCH, -1);
    for (int index = 0; index < ready_count; index++) {
      if (events[index].data.ptr) ready(events[index].data.ptr);
      else take_commands();
    }
  }
}
