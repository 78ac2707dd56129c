#include "CTFLite.h"
#include "library.h"

struct ctf_builder {
  flatbuffers::FlatBufferBuilder flatbuffer{64 * 1024};
  bool failed = false;
  bool finished = false;
  uint32_t table_start = 0;

  /// Whether `count` more bytes, their padding and a vtable still fit; the library only asserts it.
  bool has_room_for(size_t count) {
    const size_t limit = FLATBUFFERS_MAX_BUFFER_SIZE - 1024;
    if (count > limit || flatbuffer.GetSize() > limit - count) failed = true;
    return !failed;
  }

  template <typename T>
  void add(uint16_t slot, uint64_t bits) {
    flatbuffer.AddElement<T>(flatbuffers::FieldIndexToOffset(slot), static_cast<T>(bits));
  }
};

extern "C" {

ctf_builder *ctf_builder_create(void) { return new ctf_builder; }

void ctf_builder_destroy(ctf_builder *builder) { delete builder; }

uint32_t ctf_string(ctf_builder *builder, const char *bytes, size_t count) {
  if (!builder->has_room_for(count)) return 0;
  return builder->flatbuffer.CreateSharedString(count == 0 ? "" : bytes, count).o;
}

uint32_t ctf_vector(ctf_builder *builder, const void *elements, size_t count, size_t element_size,
                    size_t alignment) {
  if (count > FLATBUFFERS_MAX_BUFFER_SIZE / 8 / element_size * 8) builder->failed = true;
  if (!builder->has_room_for(count * element_size)) return 0;
  auto &flatbuffer = builder->flatbuffer;
  flatbuffer.ForceVectorAlignment(count, element_size, alignment);
  flatbuffer.StartVector(count, element_size);
  flatbuffer.PushBytes(static_cast<const uint8_t *>(elements), count * element_size);
  return flatbuffer.EndVector(count);
}

uint32_t ctf_offsets(ctf_builder *builder, const uint32_t *offsets, size_t count) {
  if (!builder->has_room_for(count * sizeof(uint32_t))) return 0;
  auto &flatbuffer = builder->flatbuffer;
  flatbuffer.StartVector(count, sizeof(uint32_t));
  for (size_t index = count; index > 0; index--) {
    flatbuffer.PushElement(flatbuffer.ReferTo(offsets[index - 1]));
  }
  return flatbuffer.EndVector(count);
}

void ctf_start_table(ctf_builder *builder) {
  if (!builder->has_room_for(0)) return;
  builder->table_start = builder->flatbuffer.StartTable();
}

void ctf_add_scalar(ctf_builder *builder, uint16_t slot, uint64_t bits, size_t size) {
  if (builder->failed) return;
  switch (size) {
    case 1: return builder->add<uint8_t>(slot, bits);
    case 2: return builder->add<uint16_t>(slot, bits);
    case 4: return builder->add<uint32_t>(slot, bits);
    default: return builder->add<uint64_t>(slot, bits);
  }
}

void ctf_add_offset(ctf_builder *builder, uint16_t slot, uint32_t offset) {
  if (builder->failed) return;
  auto &flatbuffer = builder->flatbuffer;
  flatbuffer.AddElement(flatbuffers::FieldIndexToOffset(slot), flatbuffer.ReferTo(offset));
}

uint32_t ctf_end_table(ctf_builder *builder) {
  if (builder->failed) return 0;
  return builder->flatbuffer.EndTable(builder->table_start);
}

bool ctf_finish(ctf_builder *builder, uint32_t root) {
  if (!builder->has_room_for(0)) return false;
  builder->flatbuffer.Finish(flatbuffers::Offset<void>(root), "TFL3");
  builder->finished = true;
  return true;
}

const uint8_t *ctf_finished_bytes(const ctf_builder *builder, size_t *count) {
  *count = builder->finished ? builder->flatbuffer.GetSize() : 0;
  return builder->finished ? builder->flatbuffer.GetBufferPointer() : nullptr;
}

}  // extern "C"
