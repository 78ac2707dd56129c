import GraphIR
import Operators
import Tensors

/// Constants as a bit for each element, and the elements that are not the zero point.
enum MaskCoder {
  /// - Returns: nil where the decoder does not take the type or the scales.
  static func code(_ value: Value) -> CodedConstant? {
    guard WeightCoding.mask.elementTypes.contains(value.elementType), let constant = ConstantWords(value),
      let channels = try? CodedChannels(of: value)
    else { return nil }
    let isByte = value.elementType == .int8
    guard isByte || channels.zeroPoints.allSatisfy({ $0 == 0 }) else { return nil }
    var writer = BitWriter()
    var stored: [UInt8] = []
    for (index, word) in constant.words.enumerated() {
      let zeroPoint = isByte ? channels.zeroPoints[channels.channel(of: index)] : 0
      let isStored = word != UInt64(isByte ? UInt8(truncatingIfNeeded: zeroPoint) : 0)
      writer.append(isStored ? 1 : 0, bits: 1)
      if isStored { stored += constant.bytes(of: word) }
    }
    return CodedConstant(
      coding: .mask, encoded: writer.bytes, ancillary: WeightCoding.mask.header + stored)
  }
}
