#ifndef STUB_FREERTOS_FREERTOS_H_
#define STUB_FREERTOS_FREERTOS_H_

#include <stdint.h>

typedef uint32_t TickType_t;

#define pdMS_TO_TICKS(milliseconds) ((TickType_t)(milliseconds))

#endif  // STUB_FREERTOS_FREERTOS_H_
