import Operators
import Tensors

/// Operands and options of operators of the signal library.
enum SignalFixture {
  /// A map as custom options have it, with 64 bits for everything.
  static func options(_ fields: KeyValuePairs<String, Int>) -> [UInt8] {
    let sorted = fields.sorted { $0.key < $1.key }
    var bytes: [UInt8] = []
    func word(_ number: Int) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    var places: [Int] = []
    for field in sorted {
      places.append(bytes.count)
      bytes += Array(field.key.utf8) + [0]
    }
    bytes += word(sorted.count)
    let keys = bytes.count
    for place in places { bytes += word(bytes.count - place) }
    bytes += word(bytes.count - keys) + word(8) + word(sorted.count)
    let values = bytes.count
    for field in sorted { bytes += word(field.value) }
    let (integer, map): (UInt8, UInt8) = (1 << 2 | 3, 9 << 2 | 3)
    bytes += sorted.map { _ in integer }
    return bytes + word(bytes.count - values) + [map, 8]
  }

  static func bytes<Element: FixedWidthInteger>(_ numbers: [Element]) -> [UInt8] {
    numbers.flatMap { number in
      (0..<Element.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Element(8 * $0)) }
    }
  }

  /// Why a kernel cannot be made.
  static func refusal(
    _ type: any Operator.Type, _ inputs: [KernelFixture.Operand], _ outputs: [KernelFixture.Operand],
    _ options: KeyValuePairs<String, Int>
  ) -> String? {
    KernelFixture(type, inputs, outputs, customOptions: self.options(options)).refusal?.description
  }
}
