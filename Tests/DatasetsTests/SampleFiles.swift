import Foundation

@testable import Datasets

/// Small files of data for tests.
enum SampleFiles {
  /// A .npy file with any header text.
  static func npy(_ header: String, _ body: [UInt8], version: UInt8 = 1) -> Data {
    let text = Array(header.utf8)
    let size = [UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + (version == 1 ? [] : [0, 0])
    return Data([0x93] + Array("NUMPY".utf8) + [version, 0] + size + text + body)
  }

  /// A header as NumPy writes it.
  static func header(_ type: String, _ shape: String, isColumnMajor: Bool = false) -> String {
    "{'descr': '\(type)', 'fortran_order': \(isColumnMajor ? "True" : "False"), 'shape': \(shape), }\n"
  }

  /// A PNG whose pixels are not compressed.
  static func png(width: Int, height: Int, channels: Int, _ pixels: [UInt8]) -> [UInt8] {
    var raw: [UInt8] = []
    for row in 0..<height {
      raw.append(0)
      raw += pixels[row * width * channels..<(row + 1) * width * channels]
    }
    var (low, high) = (UInt32(1), UInt32(0))
    for byte in raw {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    let length = UInt16(raw.count)
    let stored =
      [0x78, 0x01, 1, UInt8(length & 0xFF), UInt8(length >> 8), UInt8(~length & 0xFF), UInt8(~length >> 8)]
      + raw + bigEndian(high << 16 | low)
    let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, channels == 1 ? 0 : 2, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IDAT", stored)
      + chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    let content = Array(name.utf8) + body
    return bigEndian(UInt32(body.count)) + content + bigEndian(Inflater.checksum(Data(content)))
  }

  private static func bigEndian(_ word: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(word >> $0 & 0xFF) }
  }

  static func decoded(_ base64: String) -> Data { Data(base64Encoded: base64) ?? Data() }

  /// 8×8 pixels in colors, written by Pillow.
  static let jpeg = [UInt8](
    decoded(
      "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hn"
        + "Pk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj"
        + "Y2P/wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAYEAEAAwEAAAAAAAAAAAAAAAAABQYhMv/EABUBAQEA"
        + "AAAAAAAAAAAAAAAAAAAC/8QAGxEAAQQDAAAAAAAAAAAAAAAAAAECAwQREyH/2gAMAwEAAhEDEQA/AI6/H84AOamSbtSLavD/2Q=="
    ))

  /// int16 `images` 3×4 from 0 to 11 and int64 `labels` 1, 0, 2, written by `numpy.savez_compressed`.
  static let npz = decoded(
    "UEsDBC0AAAAIAAAAIQCeeek6//////////8KABQAaW1hZ2VzLm5weQEAEACYAAAAAAAAAF4AAAAAAAAAm+wX6hsQychQxlCtnpJanFyk"
      + "bqWgbpNppK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaxjoKJpo6CrUKZAMuBgZGBiYGZgYWBlYGNgZ2Bg4GTgYuBm4GAFBL"
      + "AwQtAAAACAAAACEAQbRfxf//////////CgAUAGxhYmVscy5ucHkBABAAmAAAAAAAAABKAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6l"
      + "oG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6mjoKtQoUAC5GBlTABKUBUEsBAi0DLQAAAAgAAAAhAJ556TpeAAAA"
      + "mAAAAAoAAAAAAAAAAAAAAIABAAAAAGltYWdlcy5ucHlQSwECLQMtAAAACAAAACEAQbRfxUoAAACYAAAACgAAAAAAAAAAAAAAgAGaAAAA"
      + "bGFiZWxzLm5weVBLBQYAAAAAAgACAHAAAAAgAQAAAAA=")
}
