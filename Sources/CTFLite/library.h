/// The FlatBuffers library and the generated schema, as every file of this target must see them.

#ifndef CTFLITE_LIBRARY_H
#define CTFLITE_LIBRARY_H

// An assertion would end the process: what the library asserts is checked before it is called.
#define FLATBUFFERS_ASSERT(condition) static_cast<void>(0)
// Makes the verifier remember how far the FlatBuffer reaches.
#define FLATBUFFERS_TRACK_VERIFIER_BUFFER_SIZE

#include "Generated/tflite_generated.h"

#endif
