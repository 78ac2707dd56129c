package import Boards

/// How a compiler lays out the runtime's structures.
package enum TargetABI: Sendable, CaseIterable {
  /// 64-bit hosts, with support for compressed tensors, as the tflite-micro Python package is built.
  case host64
  /// 32-bit Arm (`arm-none-eabi`): enumerations take the fewest bytes that hold them.
  case arm32
  /// Other 32-bit targets (Xtensa, RISC-V): enumerations take 4 bytes.
  case ilp32

  package var pointerBytes: Int { self == .host64 ? 8 : 4 }

  package init(_ abi: Processor.ABI) {
    switch abi {
    case .arm32: self = .arm32
    case .ilp32: self = .ilp32
    case .lp64: self = .host64
    }
  }
}

/// Bytes of one structure on every ABI; 0 where a build does without it.
package struct StructureSize: Sendable, Equatable, ExpressibleByIntegerLiteral {
  package let host64: Int
  package let arm32: Int
  package let ilp32: Int

  package init(_ host64: Int, _ arm32: Int, _ ilp32: Int) {
    self.host64 = host64
    self.arm32 = arm32
    self.ilp32 = ilp32
  }

  /// One size on 64-bit hosts, another on all 32-bit targets.
  package init(_ host64: Int, _ wordTargets: Int) { self.init(host64, wordTargets, wordTargets) }

  package init(integerLiteral bytes: Int) { self.init(bytes, bytes, bytes) }

  package subscript(abi: TargetABI) -> Int {
    switch abi {
    case .host64: host64
    case .arm32: arm32
    case .ilp32: ilp32
    }
  }
}
