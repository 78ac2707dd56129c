import Tensors
import Testing

@testable import Firmware

@Suite struct TypeRefusalTests {
  @Test(arguments: [
    ("CONV_2D", [ElementType.float32, .int8], FirmwareWarning.Kind.hybrid),
    ("CONV_2D", [.uint8, .uint8], .uint8),
    ("CONV_2D", [.int16, .int4], .int4), ("DEQUANTIZE", [.float16], .float16), ("CAST", [.uint8], .types),
    ("QUANTIZE", [.float32, .uint8], .uint8), ("ADD", [.int64], .types),
  ])
  func theCauseIsNamed(name: String, types: [ElementType], kind: FirmwareWarning.Kind) {
    let refusal = TypeRefusal(name, types, accepted: "float32")
    #expect(refusal.kind == kind)
    #expect(!refusal.remedy.isEmpty)
  }
}
