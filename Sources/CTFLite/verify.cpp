#include "CTFLite.h"
#include "library.h"

extern "C" ctf_verdict ctf_verify(const uint8_t *bytes, size_t count, uint32_t max_depth,
                                  uint32_t max_tables, size_t *extent) {
  if (bytes == nullptr || count < 2 * sizeof(flatbuffers::uoffset_t)) return CTF_TOO_SMALL;
  if (count >= FLATBUFFERS_MAX_BUFFER_SIZE) return CTF_TOO_LARGE;
  if (!tflite::ModelBufferHasIdentifier(bytes)) return CTF_WRONG_IDENTIFIER;

  flatbuffers::Verifier::Options options;
  options.max_depth = max_depth;
  options.max_tables = max_tables;
  flatbuffers::Verifier verifier(bytes, count, options);
  // Not VerifyBuffer: with size tracking it refuses files whose length is no multiple of 4.
  const auto root = verifier.VerifyOffset(0);
  if (root == 0) return CTF_DAMAGED;
  if (!flatbuffers::GetRoot<tflite::Model>(bytes)->Verify(verifier)) return CTF_DAMAGED;
  const auto computed = verifier.GetComputedSize();
  *extent = computed == 0 ? count : computed;
  return CTF_VALID;
}
