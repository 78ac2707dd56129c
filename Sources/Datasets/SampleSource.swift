import GraphIR
package import Tensors

/// Where the samples of one input come from; they are read when they are needed.
package protocol SampleSource: Sendable {
  /// The file's name, for errors and reports.
  var name: String { get }
  var sampleCount: Int { get }
  var elementType: ElementType { get }

  /// One sample's elements in row-major order, little-endian.
  func bytes(ofSample index: Int) throws(DataError) -> [UInt8]
}

/// Samples that are slices of an array along its first axis, or one sample that is all of it.
struct ArraySource: SampleSource {
  let name: String
  let sampleCount: Int
  let array: NumericArray
  let elementCount: Int

  var elementType: ElementType { array.elementType }

  func bytes(ofSample index: Int) -> [UInt8] {
    array.bytes(of: index * elementCount..<(index + 1) * elementCount)
  }
}

/// Images that are decoded, brought to an input's channels and resized one by one.
struct ImageSource: SampleSource {
  let folder: ImageFolder
  let width: Int
  let height: Int
  let channels: Int

  var name: String { folder.path }
  var sampleCount: Int { folder.files.count }
  var elementType: ElementType { .uint8 }

  /// - Throws: `unsuitable` unless the input is 1×H×W×C with one or three channels.
  init(_ folder: ImageFolder, for value: Value, input: String) throws(DataError) {
    let shape = value.shape ?? []
    guard shape.rank == 4, shape[0] == 1, shape[3] == 1 || shape[3] == 3, shape.elementCount > 0,
      shape.elementCount <= PixelImage.pixelLimit * 3
    else {
      throw .unsuitable(
        file: folder.path, input: input,
        reason: "is \(shape); images go into 1×height×width×1 or 1×height×width×3")
    }
    self.folder = folder
    height = shape[1]
    width = shape[2]
    channels = shape[3]
  }

  func bytes(ofSample index: Int) throws(DataError) -> [UInt8] {
    let image = try PixelImage.read(folder.files[index])
    return image.converted(toChannels: channels).resized(width: width, height: height).pixels
  }
}

/// Seeded random numbers, the same on every machine: where there are no data.
struct RandomSource: SampleSource {
  let seed: UInt64
  let sampleCount: Int
  let elementType: ElementType
  let elementCount: Int
  let range: ClosedRange<Float>

  var name: String { "random data" }

  func bytes(ofSample index: Int) -> [UInt8] {
    var random = SeededRandom(
      seed: seed &+ UInt64(truncatingIfNeeded: index) &* 0xD1B5_4A32_D192_ED03)
    let units = (0..<elementCount).map { _ in Float(random.next() >> 40) * 0x1p-24 }
    let extent = range.upperBound - range.lowerBound
    guard elementType != .float32 else {
      return NumericElements.bytes(units.map { range.lowerBound + $0 * extent })
    }
    return NumericElements.bytes(units.map { Int64($0 < 0.5 ? 0 : 1) }, as: elementType)
  }
}
