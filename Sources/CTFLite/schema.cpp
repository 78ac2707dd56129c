#include "CTFLite.h"
#include "library.h"

namespace {

struct NamedType {
  const char *name;
  const flatbuffers::TypeTable *table;
};

const NamedType *types() {
#define CTF_TYPE(name) {#name, tflite::name##TypeTable()},
  static const NamedType types[] = {
#include "Generated/tflite_types.inc"
  };
#undef CTF_TYPE
  return types;
}

constexpr int32_t type_count = 0
#define CTF_TYPE(name) +1
#include "Generated/tflite_types.inc"
#undef CTF_TYPE
    ;

int32_t index_of(const flatbuffers::TypeTable *table) {
  for (int32_t index = 0; index < type_count; index++) {
    if (types()[index].table == table) return index;
  }
  return -1;
}

static_assert(int(CTF_UNION_TYPE) == int(flatbuffers::ET_UTYPE));
static_assert(int(CTF_BOOL) == int(flatbuffers::ET_BOOL));
static_assert(int(CTF_UINT64) == int(flatbuffers::ET_ULONG));
static_assert(int(CTF_FLOAT64) == int(flatbuffers::ET_DOUBLE));
static_assert(int(CTF_STRING) == int(flatbuffers::ET_STRING));
static_assert(int(CTF_REFERENCE) == int(flatbuffers::ET_SEQUENCE));

}  // namespace

extern "C" {

int32_t ctf_type_count(void) { return type_count; }

const char *ctf_type_name(int32_t type) { return types()[type].name; }

ctf_type_kind ctf_kind_of_type(int32_t type) {
  switch (types()[type].table->st) {
    case flatbuffers::ST_UNION: return CTF_UNION;
    case flatbuffers::ST_ENUM: return CTF_ENUM;
    default: return CTF_TABLE;
  }
}

int32_t ctf_member_count(int32_t type) { return static_cast<int32_t>(types()[type].table->num_elems); }

ctf_member ctf_member_at(int32_t type, int32_t index) {
  const auto *table = types()[type].table;
  const auto code = table->type_codes[index];
  ctf_member member;
  member.name = table->names[index];
  member.kind = static_cast<ctf_member_kind>(code.base_type);
  member.is_vector = code.is_repeating != 0;
  member.type = code.sequence_ref < 0 ? -1 : index_of(table->type_refs[code.sequence_ref]());
  member.value = table->values == nullptr ? index : table->values[index];
  return member;
}

}  // extern "C"
