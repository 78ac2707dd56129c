/// The model's file as an array.
struct ModelDataRenderer {
  let name: SymbolName
  private static let bytesPerLine = 12
  private static let linesPerPiece = 16_384

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

  /// The array, in pieces of some lines.
  func source(_ model: [UInt8]) -> [GeneratedFile.Piece] {
    let start = """
      #include "model_data.h"

      alignas(16) const unsigned char \(name.dataSymbol)[] = {

      """
    let end = "};\nconst unsigned int \(name.lengthSymbol) = \(model.count);\n"
    let size = Self.bytesPerLine * Self.linesPerPiece
    let lines: [GeneratedFile.Piece] = stride(from: 0, to: model.count, by: size).map { first in
      { self.lines(model[first..<min(first + size, model.count)]) }
    }
    return [{ Array(start.utf8) }] + lines + [{ Array(end.utf8) }]
  }

  private func lines(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 6 + Self.linesPerPiece * 4)
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: Self.bytesPerLine) {
      appendLine(bytes[start..<min(start + Self.bytesPerLine, bytes.endIndex)], to: &text)
    }
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
