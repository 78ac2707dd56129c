#ifndef STUB_ARDUINO_H_
#define STUB_ARDUINO_H_

#include <stdint.h>

extern "C" void delay(unsigned long milliseconds);

void setup(void);
void loop(void);

#endif  // STUB_ARDUINO_H_
