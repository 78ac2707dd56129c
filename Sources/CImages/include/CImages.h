#ifndef CIMAGES_H
#define CIMAGES_H

#include <stddef.h>
#include <stdint.h>

// Decoding of PNG (libpng) and JPEG (libjpeg) from memory to 8 bits a channel. Both libraries report errors by
// longjmp, which must not cross Swift frames: here it stays inside one C function.

#ifdef __cplusplus
extern "C" {
#endif

enum { CIMAGES_MESSAGE_SIZE = 256 };

typedef struct {
  uint32_t width;
  uint32_t height;
  // 1: gray, 3: red, green, blue.
  uint32_t channels;
} CImagesSize;

// Each function gives 1, or 0 and a message of at most CIMAGES_MESSAGE_SIZE bytes with its zero byte.

int CImagesReadPNGSize(const uint8_t *bytes, size_t count, CImagesSize *size, char *message);
int CImagesReadJPEGSize(const uint8_t *bytes, size_t count, CImagesSize *size, char *message);

// Writes width x height x channels bytes, rows from the top, of an image whose size is what `expected` says.
int CImagesDecodePNG(const uint8_t *bytes, size_t count, CImagesSize expected, uint8_t *pixels, char *message);
int CImagesDecodeJPEG(const uint8_t *bytes, size_t count, CImagesSize expected, uint8_t *pixels, char *message);

#ifdef __cplusplus
}
#endif

#endif
