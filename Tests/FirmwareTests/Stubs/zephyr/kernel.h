#ifndef STUB_ZEPHYR_KERNEL_H_
#define STUB_ZEPHYR_KERNEL_H_

#include <stdint.h>

typedef struct {
  int64_t ticks;
} k_timeout_t;

#define K_SECONDS(s) (k_timeout_t{static_cast<int64_t>(s) * 100})

extern "C" int32_t k_sleep(k_timeout_t timeout);

#endif  // STUB_ZEPHYR_KERNEL_H_
