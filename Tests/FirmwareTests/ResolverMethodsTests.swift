import Foundation
import GraphIR
import Runtimes
import Testing
import _TestSupport

@testable import Firmware

@Suite struct ResolverMethodsTests {
  private static let declared: Set<String> = {
    let header = Samples.project.appending(
      path: "Tests/FirmwareTests/Stubs/tensorflow/lite/micro/micro_mutable_op_resolver.h")
    let text = (try? String(contentsOf: header, encoding: .utf8)) ?? ""
    return Set(text.matches(of: /TfLiteStatus (Add\w+)\(/).map { String($0.output.1) })
  }()

  private static let builtins = (0..<256).map { BuiltinOperator(rawValue: $0) }.filter(\.isKnown)

  @Test func everyMethodIsDeclared() {
    let methods = Self.builtins.compactMap(ResolverMethods.method(for:))
    #expect(methods.count == 100)
    #expect(Set(methods).isSubset(of: Self.declared))
    #expect(Set(methods).count == methods.count)
  }

  @Test func everyOperatorWithKnownAllocationsHasAMethod() throws {
    for builtin in Self.builtins {
      var builder = GraphBuilder()
      builder.node(builtin, [builder.input("x", [1, 2, 2, 1])], [builder.value("y", [1, 2, 2, 1])])
      let prediction = try TFLMRuntime(.host).predict(Model(graphs: [builder.graph]))
      let hasMethod = ResolverMethods.method(for: builtin) != nil
      #expect(prediction.unknownOperators.isEmpty == hasMethod, "\(builtin.name)")
    }
  }

  @Test func theArduinoLibraryIsOlder() {
    #expect(ResolverMethods.isInArduinoLibrary("AddConv2D"))
    #expect(!ResolverMethods.isInArduinoLibrary("AddBatchMatMul"))
  }
}
