extension ElementType {
  /// Numbers in which every NaN is the same one.
  ///
  /// Of two NaNs an operation hands on either, with its sign and payload: which one depends on how a compiler lays its loop
  /// out, and so on the address of the numbers. A comparison of bytes must not see that.
  ///
  /// - Parameter bytes: numbers of this type, the lowest byte of each first.
  package func withOneNaN(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .float32, .complex64: Self.withOneNaN(bytes, UInt32.self, infinity: 0x7F80_0000)
    case .float64, .complex128: Self.withOneNaN(bytes, UInt64.self, infinity: 0x7FF0_0000_0000_0000)
    case .float16: Self.withOneNaN(bytes, UInt16.self, infinity: 0x7C00)
    case .bfloat16: Self.withOneNaN(bytes, UInt16.self, infinity: 0x7F80)
    case .float8E5M2: Self.withOneNaN(bytes, UInt8.self, infinity: 0x7C)
    // There is no infinity: a NaN has all bits but the sign.
    case .float8E4M3FN: Self.withOneNaN(bytes, UInt8.self, infinity: 0x7E)
    default: bytes
    }
  }

  /// - Parameter infinity: the bits beyond which, without the sign, a number is none.
  private static func withOneNaN<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ bytes: [UInt8], _ type: Word.Type, infinity: Word
  ) -> [UInt8] {
    let width = Word.bitWidth / 8
    let nan = (Word.max >> 1).littleEndian
    var result = bytes
    unsafe result.withUnsafeMutableBytes { result in
      for start in stride(from: 0, through: result.count - width, by: width) {
        let word = unsafe Word(littleEndian: result.loadUnaligned(fromByteOffset: start, as: Word.self))
        if word & (Word.max >> 1) > infinity {
          unsafe result.storeBytes(of: nan, toByteOffset: start, as: Word.self)
        }
      }
    }
    return result
  }
}
