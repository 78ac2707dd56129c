/// A release of a kernel library: what its kernels ask for differs from release to release.
///
/// Sizes of the structures in TFLM's own kernels are those of August 2026 with every release.
package struct KernelRelease: Sendable, Equatable {
  package let library: KernelLibrary
  /// As its publisher numbers it; for the portable kernels, which are TFLM's own, the month of TFLM's sources.
  package let version: String
  /// The month when it came out.
  package let date: String
  let facts: KernelReleaseFacts

  /// `esp-nn 1.2.3`.
  package var name: String { "\(library.rawValue) \(version)" }
}

/// What decides the scratch memory of a release's kernels.
enum KernelReleaseFacts: Sendable, Equatable {
  case portable
  case cmsisNN(CmsisFacts)
  case espNN(EspFacts)
}

/// What changed in CMSIS-NN's `get_buffer_size` functions.
struct CmsisFacts: Sendable, Equatable {
  /// To how many elements the columns of a convolution of int8 are rounded up, with DSP instructions.
  let columnsWithDSP: Int
  /// The same with vectors.
  let columnsWithVectors: Int
  /// Whether the convolution of one row asks for memory, with vectors.
  let hasRowSize: Bool
  /// Whether convolutions of int16 have sizes for vectors; before, only DSP instructions asked for memory.
  let hasInt16Vectors: Bool
  /// Whether depthwise convolutions of one channel become ordinary ones, with vectors.
  let convertsOneChannel: Bool
}

/// What changed in ESP-NN's `get_…_scratch_size` functions.
struct EspFacts: Sendable, Equatable {
  let convolution: Convolution
  let depthwise: Depthwise
  let convolutionP4: ConvolutionP4

  /// The convolution of the ESP32-S3.
  enum Convolution: Sendable, Equatable {
    /// A padded copy of the input and an aligned one of the filter.
    case copies
    /// Small windows side by side, filters aligned by rows, borders on the right and below; with so many bytes to spare.
    case windows(margin: Int)
  }

  /// The convolution of the ESP32-P4.
  enum ConvolutionP4: Sendable, Equatable {
    /// None of its own, and no scratch memory.
    case portable
    /// As `Convolution.copies`.
    case copies
    /// Tiles that fit the cache.
    case tiles
  }

  /// The depthwise convolution of the ESP32-S3.
  enum Depthwise: Sendable, Equatable {
    /// Whole inputs; with so many bytes to spare for copies of 16 bits.
    case whole(margin: Int)
    /// Large inputs in strips, narrow channels widened. Where padding is not symmetric, `isTooSmall` asks for less than
    /// the kernel writes.
    case strips(isTooSmall: Bool)
  }
}
