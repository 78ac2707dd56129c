/// The FlatBuffers library behind a C interface: verify a model, describe the schema, build a file.
///
/// No function throws, asserts or keeps a pointer that it was given.

#ifndef CTFLITE_H
#define CTFLITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What the verifier found.
typedef enum ctf_verdict {
  CTF_VALID,
  /// Fewer bytes than the smallest FlatBuffer with an identifier has.
  CTF_TOO_SMALL,
  /// More bytes than a FlatBuffer can address (2 GiB - 1).
  CTF_TOO_LARGE,
  /// Bytes 4 to 7 are not `TFL3`.
  CTF_WRONG_IDENTIFIER,
  /// An offset leads outside the file, or the limits on depth and tables are exceeded.
  CTF_DAMAGED,
} ctf_verdict;

/// Checks every table, vector and string that the root reaches.
///
/// - extent: on success, the end of the last byte that belongs to the FlatBuffer, at most `count`.
ctf_verdict ctf_verify(const uint8_t *bytes, size_t count, uint32_t max_depth, uint32_t max_tables,
                       size_t *extent);

typedef enum ctf_type_kind { CTF_TABLE, CTF_UNION, CTF_ENUM } ctf_type_kind;

/// Types of members; values are those of `flatbuffers::ElementaryType`.
typedef enum ctf_member_kind {
  CTF_UNION_TYPE,
  CTF_BOOL,
  CTF_INT8,
  CTF_UINT8,
  CTF_INT16,
  CTF_UINT16,
  CTF_INT32,
  CTF_UINT32,
  CTF_INT64,
  CTF_UINT64,
  CTF_FLOAT32,
  CTF_FLOAT64,
  CTF_STRING,
  CTF_REFERENCE,
} ctf_member_kind;

/// A field of a table, a member of a union, or a value of an enumeration.
typedef struct ctf_member {
  const char *name;
  ctf_member_kind kind;
  bool is_vector;
  /// The table, union or enumeration that the member refers to, or -1.
  int32_t type;
  /// The number that an enumeration or union member stands for; a table's field: its slot.
  int64_t value;
} ctf_member;

/// Types of the schema are numbered from 0.
int32_t ctf_type_count(void);
const char *ctf_type_name(int32_t type);
ctf_type_kind ctf_kind_of_type(int32_t type);
int32_t ctf_member_count(int32_t type);
ctf_member ctf_member_at(int32_t type, int32_t index);

/// A FlatBuffer under construction; children are built before their parents.
///
/// What does not fit in 2 GiB makes the builder fail: later calls do nothing and return 0.
typedef struct ctf_builder ctf_builder;

ctf_builder *ctf_builder_create(void);
void ctf_builder_destroy(ctf_builder *builder);

/// Offsets that these functions return are positions for `ctf_add_offset` and `ctf_offsets`.
uint32_t ctf_string(ctf_builder *builder, const char *bytes, size_t count);
/// A vector of scalars in native byte order; `alignment` is a power of two up to 16.
uint32_t ctf_vector(ctf_builder *builder, const void *elements, size_t count, size_t element_size,
                    size_t alignment);
uint32_t ctf_offsets(ctf_builder *builder, const uint32_t *offsets, size_t count);

void ctf_start_table(ctf_builder *builder);
/// Stores the low `size` bytes (1, 2, 4 or 8) of `bits`, equal to the default or not.
void ctf_add_scalar(ctf_builder *builder, uint16_t slot, uint64_t bits, size_t size);
void ctf_add_offset(ctf_builder *builder, uint16_t slot, uint32_t offset);
uint32_t ctf_end_table(ctf_builder *builder);

/// Ends the file with its root and identifier; false where the builder has failed.
bool ctf_finish(ctf_builder *builder, uint32_t root);
/// The finished file, valid until the builder is destroyed; NULL before `ctf_finish` succeeded.
const uint8_t *ctf_finished_bytes(const ctf_builder *builder, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
