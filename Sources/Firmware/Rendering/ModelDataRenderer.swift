/// The model's file as an array.
struct ModelDataRenderer {
  let name: SymbolName
  private static let bytesPerLine = 12

  var header: String {
    """
    #ifndef \(name.guardPrefix)_MODEL_DATA_H_
    #define \(name.guardPrefix)_MODEL_DATA_H_

    // The model, byte for byte as its file. Aligned to 16 bytes, as TFLM reads it in place.
    extern const unsigned char \(name.dataSymbol)[];
    extern const unsigned int \(name.lengthSymbol);

    #endif  // \(name.guardPrefix)_MODEL_DATA_H_

    """
  }

  func source(_ model: [UInt8]) -> [UInt8] {
    let lines = (model.count + Self.bytesPerLine - 1) / Self.bytesPerLine
    var text: [UInt8] = []
    text.reserveCapacity(model.count * 6 + lines * 4 + 512)
    text +=
      """
      #include "model_data.h"

      alignas(16) const unsigned char \(name.dataSymbol)[] = {

      """.utf8
    for start in stride(from: 0, to: model.count, by: Self.bytesPerLine) {
      appendLine(model[start..<min(start + Self.bytesPerLine, model.count)], to: &text)
    }
    text += "};\nconst unsigned int \(name.lengthSymbol) = \(model.count);\n".utf8
    return text
  }

  private func appendLine(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
    text.append(contentsOf: [0x20, 0x20, 0x20])
    for byte in bytes {
      text.append(contentsOf: [
        0x20, 0x30, 0x78, Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)], 0x2C,
      ])
    }
    text.append(0x0A)
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
