package import GraphIR
import Tensors

/// A constant in one of the codings of TFLM's DECODE.
package struct CodedTensor: Sendable {
  package let coding: WeightCoding
  /// Indices, code words or a mask.
  let encoded: ArraySlice<UInt8>
  /// The header, then tables or values.
  let ancillary: ArraySlice<UInt8>
  let type: ElementType
  /// nil for Huffman, which asks for none.
  let channels: CodedChannels?
  let elementCount: Int

  /// The most bytes that are decoded: files of a few bytes can ask for any number.
  static let largestResult = 1 << 28

  /// - Parameter result: what is decoded: its type, shape and scales decide how.
  /// - Throws: `KernelError` for what TFLM refuses, or reads beyond its end.
  package init(
    encoded: ArraySlice<UInt8>, ancillary: ArraySlice<UInt8>, result: Value
  ) throws(KernelError) {
    coding = try WeightCoding(ancillary: ancillary)
    (self.encoded, self.ancillary, type) = (encoded, ancillary, result.elementType)
    guard coding.elementTypes.contains(type) else {
      let names = coding.elementTypes.map(\.description).joined(separator: ", ")
      throw .unsupportedType("the result is \(type); its coding takes \(names)")
    }
    guard let shape = result.shape else { throw .invalidShape("the result has no valid shape") }
    guard result.byteCount <= Self.largestResult else {
      throw .unsupported(
        "the result takes \(result.byteCount) bytes; nnopt decodes up to \(Self.largestResult)")
    }
    elementCount = shape.elementCount
    if case .huffman = coding { channels = nil } else { channels = try CodedChannels(of: result) }
    if coding == .mask, type != .int8, channels?.zeroPoints.contains(where: { $0 != 0 }) == true {
      throw .unsupported(
        "the result is \(type) with a zero point; behind a mask, TFLM takes those of int8 only")
    }
  }

  /// The tensor's bytes.
  ///
  /// - Throws: `invalidData` where a table, a value or a code word lies beyond the end.
  package func decoded() throws(KernelError) -> [UInt8] {
    switch coding {
    case .lookup(let width, let stride): try lookedUp(width, stride)
    case .huffman(let firstBits, let isWide): try unpacked(firstBits, isWide)
    case .mask: try unmasked()
    }
  }

  /// Bytes of an element.
  var width: Int { (type.bitWidth ?? 8) / 8 }

  private func lookedUp(_ bits: Int, _ stride: Int) throws(KernelError) -> [UInt8] {
    try requireEncoded(bits: elementCount * bits)
    guard let channels else { return [] }
    var reader = BitReader(encoded)
    var result: [UInt8] = []
    result.reserveCapacity(elementCount * width)
    for index in 0..<elementCount {
      let place = channels.channel(of: index) * stride + reader.read(bits)
      try append(stored: place, to: &result)
    }
    return result
  }

  private func unmasked() throws(KernelError) -> [UInt8] {
    try requireEncoded(bits: elementCount)
    guard let channels else { return [] }
    var reader = BitReader(encoded)
    var result: [UInt8] = []
    result.reserveCapacity(elementCount * width)
    var next = 0
    for index in 0..<elementCount {
      if reader.read(1) == 1 {
        try append(stored: next, to: &result)
        next += 1
      } else if type == .int8 {
        result.append(UInt8(truncatingIfNeeded: channels.zeroPoints[channels.channel(of: index)]))
      } else {
        for _ in 0..<width { result.append(0) }
      }
    }
    return result
  }

  /// Appends an element that stands behind the header.
  private func append(stored place: Int, to result: inout [UInt8]) throws(KernelError) {
    let start = WeightCoding.headerByteCount + place * width
    guard start + width <= ancillary.count else {
      throw .invalidData("element \(result.count / width) lies behind the end of the ancillary tensor")
    }
    for byte in ancillary[(ancillary.startIndex + start)...].prefix(width) { result.append(byte) }
  }

  private func requireEncoded(bits: Int) throws(KernelError) {
    guard 8 * encoded.count >= bits else {
      throw .invalidData(
        "the encoded tensor has \(encoded.count) bytes, and its elements take \((bits + 7) / 8)")
    }
  }
}
