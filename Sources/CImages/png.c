#include "CImages.h"

#include <png.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  const uint8_t *next;
  size_t left;
} Source;

static void read_bytes(png_structp png, png_bytep target, png_size_t count) {
  Source *source = png_get_io_ptr(png);
  if (count > source->left) png_error(png, "the file ends inside the image");
  memcpy(target, source->next, count);
  source->next += count;
  source->left -= count;
}

static void fail(png_structp png, png_const_charp text) {
  snprintf(png_get_error_ptr(png), CIMAGES_MESSAGE_SIZE, "%s", text);
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

// Reads the header and asks for 8 bits of gray or RGB: palettes are looked up, alpha is left out.
static void prepare(png_structp png, png_infop info, Source *source, CImagesSize *size) {
  png_set_read_fn(png, source, read_bytes);
  png_set_user_limits(png, 65535, 65535);
  png_set_chunk_malloc_max(png, 1 << 24);
  png_read_info(png, info);
  png_set_palette_to_rgb(png);
  png_set_expand_gray_1_2_4_to_8(png);
  png_set_scale_16(png);
  png_set_strip_alpha(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size->width = png_get_image_width(png, info);
  size->height = png_get_image_height(png, info);
  size->channels = png_get_channels(png, info);
}

static int run(Source *source, CImagesSize *size, const CImagesSize *expected, uint8_t *pixels, char *message) {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, message, fail, ignore);
  if (png == NULL) {
    snprintf(message, CIMAGES_MESSAGE_SIZE, "libpng cannot start");
    return 0;
  }
  png_infop info = png_create_info_struct(png);
  if (info == NULL || setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
  }
  prepare(png, info, source, size);
  if (expected != NULL) {
    if (memcmp(size, expected, sizeof *size) != 0) png_error(png, "its size has changed");
    int passes = png_set_interlace_handling(png);
    size_t stride = (size_t)size->width * size->channels;
    if (png_get_rowbytes(png, info) != stride) png_error(png, "its rows are of an unknown form");
    for (int pass = 0; pass < passes; pass++)
      for (uint32_t row = 0; row < size->height; row++) png_read_row(png, pixels + row * stride, NULL);
    png_read_end(png, NULL);
  }
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}

int CImagesReadPNGSize(const uint8_t *bytes, size_t count, CImagesSize *size, char *message) {
  Source source = {bytes, count};
  message[0] = 0;
  return run(&source, size, NULL, NULL, message);
}

int CImagesDecodePNG(const uint8_t *bytes, size_t count, CImagesSize expected, uint8_t *pixels, char *message) {
  Source source = {bytes, count};
  CImagesSize size;
  memset(&size, 0, sizeof size);
  message[0] = 0;
  return run(&source, &size, &expected, pixels, message);
}
