#include "lag.h"
#include <stdio.h>

enum { PARTS_BITS = 6, PARTS = 1 << PARTS_BITS, LONGEST_BITS = 40 };
enum { BUCKETS = (LONGEST_BITS - PARTS_BITS + 1) * PARTS };

static uint64_t counts[BUCKETS];

void add_lag(uint64_t micros) {
  uint64_t longest = ((uint64_t)1 << LONGEST_BITS) - 1;
  uint64_t value = micros < longest ? micros : longest;
  if (value < PARTS) {
    counts[value]++;
    return;
  }
  int shift = 63 - __builtin_clzll(value) - PARTS_BITS;
  counts[(uint64_t)shift * PARTS + (value >> shift)]++;
}

void take_lags(void) {
  const char *between = "";
  putchar('[');
  for (int bucket = 0; bucket < BUCKETS; bucket++) {
    if (counts[bucket] == 0) continue;
    printf("%s[%d,%llu]", between, bucket, (unsigned long long)counts[bucket]);
    counts[bucket] = 0;
    between = ",";
  }
  putchar(']');
}
