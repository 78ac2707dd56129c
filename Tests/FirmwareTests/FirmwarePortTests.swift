import GraphIR
import Tensors
import Testing

@testable import Firmware

@Suite struct FirmwarePortTests {
  private func port(_ type: ElementType, _ quantization: Quantization? = nil) -> FirmwarePort {
    FirmwarePort(
      .input, 2,
      Value(name: "x", dimensions: [1, 4], elementType: type, quantization: quantization))
  }

  @Test func quantizedPortsHaveParameters() {
    let port = port(.int8, Quantization(scales: [0.5], zeroPoints: [-3]))
    #expect(port.scale == 0.5)
    #expect(port.zeroPoint == -3)
    #expect(port.isConvertible)
    #expect(port.prefix == "kInput2")
    #expect(port.elementCount == 4)
  }

  @Test(arguments: [
    Quantization(scales: [], zeroPoints: []), Quantization(scales: [.nan], zeroPoints: [0]),
    Quantization(scales: [0], zeroPoints: [0]), Quantization(scales: [1, 2], zeroPoints: [0, 0]),
  ])
  func otherParametersAreNone(quantization: Quantization) {
    #expect(port(.int8, quantization).scale == nil)
    #expect(!port(.int8, quantization).isConvertible)
  }

  @Test(
    arguments: [
      (ElementType.float32, "float"), (.int8, "int8_t"), (.bool, "bool"), (.int64, "int64_t"),
      (.string, nil), (.float16, nil), (.int4, nil),
    ] as [(ElementType, String?)])
  func elementsHaveATypeInCpp(type: ElementType, name: String?) {
    #expect(port(type).cppType == name)
  }

  @Test func absentPortsKeepPositions() {
    let value = Value(name: nil, dimensions: nil, elementType: .float32)
    let graph = Graph(nodes: [], values: [value], inputs: [nil, ValueID(0)], outputs: [])
    let ports = FirmwarePort.all(.input, of: Model(graphs: [graph]))
    #expect(ports.map(\.index) == [1])
    #expect(ports.map(\.elementCount) == [1])
    #expect(FirmwarePort.all(.output, of: Model(graphs: [])).isEmpty)
  }
}
