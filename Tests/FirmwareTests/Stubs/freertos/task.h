#ifndef STUB_FREERTOS_TASK_H_
#define STUB_FREERTOS_TASK_H_

#include "freertos/FreeRTOS.h"

extern "C" void vTaskDelay(const TickType_t ticks);

#endif  // STUB_FREERTOS_TASK_H_
