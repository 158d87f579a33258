// A histogram of times in microseconds: exact below 128, then 64 buckets for each power of two (1.6 %). lag.ts reads it.
#ifndef LAG_H
#define LAG_H
#include <stdint.h>

void add_lag(uint64_t micros);
// Writes the buckets that hold something as JSON, `[[bucket, count], …]`, and empties them.
void take_lags(void);
#endif
