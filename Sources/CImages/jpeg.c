#include "CImages.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

// More scans than any encoder writes: a few bytes a scan can keep a decoder busy for hours.
enum { most_scans = 500 };

typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf escape;
  char *message;
} Errors;

static void leave(j_common_ptr decoder, const char *text) {
  Errors *errors = (Errors *)decoder->err;
  if (text != NULL) {
    snprintf(errors->message, CIMAGES_MESSAGE_SIZE, "%s", text);
  } else {
    char library_text[JMSG_LENGTH_MAX];
    errors->manager.format_message(decoder, library_text);
    snprintf(errors->message, CIMAGES_MESSAGE_SIZE, "%s", library_text);
  }
  longjmp(errors->escape, 1);
}

static void fail(j_common_ptr decoder) { leave(decoder, NULL); }

static void be_silent(j_common_ptr decoder) { (void)decoder; }

// libjpeg fills what is missing with gray and only warns.
static void check_warning(j_common_ptr decoder, int level) {
  if (level >= 0) return;
  switch (decoder->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE: leave(decoder, NULL);
  }
}

static void count_scans(j_common_ptr decoder) {
  if (((j_decompress_ptr)decoder)->input_scan_number > most_scans) leave(decoder, "it has too many scans");
}

static int run(const uint8_t *bytes, size_t count, CImagesSize *size, const CImagesSize *expected,
               uint8_t *pixels, char *message) {
  struct jpeg_decompress_struct decoder;
  struct jpeg_progress_mgr progress;
  Errors errors;
  memset(&decoder, 0, sizeof decoder);
  memset(&progress, 0, sizeof progress);
  decoder.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = fail;
  errors.manager.output_message = be_silent;
  errors.manager.emit_message = check_warning;
  errors.message = message;
  if (setjmp(errors.escape)) {
    jpeg_destroy_decompress(&decoder);
    return 0;
  }
  jpeg_create_decompress(&decoder);
  progress.progress_monitor = count_scans;
  decoder.progress = &progress;
  jpeg_mem_src(&decoder, bytes, count);
  jpeg_read_header(&decoder, TRUE);
  if (decoder.jpeg_color_space == JCS_CMYK || decoder.jpeg_color_space == JCS_YCCK)
    leave((j_common_ptr)&decoder, "its colors are CMYK; save it as RGB");
  decoder.out_color_space = decoder.jpeg_color_space == JCS_GRAYSCALE ? JCS_GRAYSCALE : JCS_RGB;
  size->width = decoder.image_width;
  size->height = decoder.image_height;
  size->channels = decoder.out_color_space == JCS_GRAYSCALE ? 1 : 3;
  if (expected != NULL) {
    if (memcmp(size, expected, sizeof *size) != 0) leave((j_common_ptr)&decoder, "its size has changed");
    jpeg_start_decompress(&decoder);
    size_t stride = (size_t)size->width * size->channels;
    while (decoder.output_scanline < decoder.output_height) {
      JSAMPROW row = pixels + decoder.output_scanline * stride;
      jpeg_read_scanlines(&decoder, &row, 1);
    }
    jpeg_finish_decompress(&decoder);
  }
  jpeg_destroy_decompress(&decoder);
  return 1;
}

int CImagesReadJPEGSize(const uint8_t *bytes, size_t count, CImagesSize *size, char *message) {
  message[0] = 0;
  return run(bytes, count, size, NULL, NULL, message);
}

int CImagesDecodeJPEG(const uint8_t *bytes, size_t count, CImagesSize expected, uint8_t *pixels, char *message) {
  CImagesSize size;
  memset(&size, 0, sizeof size);
  message[0] = 0;
  return run(bytes, count, &size, &expected, pixels, message);
}
