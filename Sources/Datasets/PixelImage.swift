import CImages
import Foundation

/// An image of 8 bits a channel, row by row from the top.
package struct PixelImage: Sendable, Equatable {
  package let width: Int
  package let height: Int
  /// 1 for gray; 3 for red, green, blue.
  package let channels: Int
  /// height × width × channels bytes.
  package let pixels: [UInt8]

  /// - Precondition: as many pixels as width, height and channels say.
  package init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height * channels, "\(pixels.count) bytes")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// More pixels than this are refused: 64 Mi.
  static let pixelLimit = 1 << 26

  /// Decodes a PNG or JPEG: palettes are looked up, 16 bits scaled to 8, alpha left out; gamma and
  /// orientation tags are not applied.
  ///
  /// - Throws: `DataError` for a file that is neither, or damaged.
  package static func read(_ path: String) throws(DataError) -> PixelImage {
    let bytes = [UInt8](try FileContents.data(of: path))
    return try decode(bytes, file: path)
  }

  /// - Parameter file: the image's name for errors.
  package static func decode(_ bytes: [UInt8], file: String) throws(DataError) -> PixelImage {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      return unsafe try decode(
        bytes, file, "a PNG image",
        readSize: { unsafe CImagesReadPNGSize($0, $1, $2, $3) },
        decode: { unsafe CImagesDecodePNG($0, $1, $2, $3, $4) })
    }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      return unsafe try decode(
        bytes, file, "a JPEG image",
        readSize: { unsafe CImagesReadJPEGSize($0, $1, $2, $3) },
        decode: { unsafe CImagesDecodeJPEG($0, $1, $2, $3, $4) })
    }
    throw .malformed(
      file: file, format: "a PNG or JPEG image", reason: "its first bytes are those of neither")
  }

  private typealias SizeReader = (
    UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<CImagesSize>, UnsafeMutablePointer<CChar>?
  ) -> Int32
  private typealias Decoder = (
    UnsafePointer<UInt8>?, Int, CImagesSize, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<CChar>?
  ) -> Int32

  private static func decode(
    _ bytes: [UInt8], _ file: String, _ format: String, readSize: SizeReader, decode: Decoder
  ) throws(DataError) -> PixelImage {
    var message = [CChar](repeating: 0, count: Int(CIMAGES_MESSAGE_SIZE))
    var size = CImagesSize()
    guard unsafe readSize(bytes, bytes.count, &size, &message) == 1 else {
      throw .malformed(file: file, format: format, reason: text(message))
    }
    let (width, height, channels) = (Int(size.width), Int(size.height), Int(size.channels))
    guard width > 0, height > 0, channels == 1 || channels == 3, width * height <= pixelLimit else {
      throw .unsupported(
        file: file,
        reason: "\(width)×\(height) pixels of \(channels) channels; at most \(pixelLimit) pixels are read")
    }
    let byteCount = width * height * channels
    var isDecoded = false
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      isDecoded = unsafe decode(bytes, bytes.count, size, buffer.baseAddress, &message) == 1
      count = isDecoded ? byteCount : 0
    }
    guard isDecoded else { throw .malformed(file: file, format: format, reason: text(message)) }
    return PixelImage(width: width, height: height, channels: channels, pixels: pixels)
  }

  private static func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
