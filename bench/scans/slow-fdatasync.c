// Adds a delay to each fdatasync of the programs that it is loaded into (LD_PRELOAD): what a disk across a network takes.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

#ifndef DELAY_MICROS
#error "Say how long: -DDELAY_MICROS=2000"
#endif

int fdatasync(int file) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  struct timespec delay = {DELAY_MICROS / 1000000, (DELAY_MICROS % 1000000) * 1000L};
  nanosleep(&delay, 0);
  return real(file);
}
