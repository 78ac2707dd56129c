import Foundation
import GraphIR
import ModelFiles
import Testing
import _TestSupport

@testable import Execution
@testable import Operators

/// Every kernel that the golden models prepare can be printed.
@Suite struct LoweredGoldenTests {
  @Test(arguments: GoldenModels.names)
  func kernelsArePrintedWhole(name: String) throws {
    for (index, bytes) in try GoldenModels.read(name).enumerated() {
      let model = try ModelFile.parse(bytes, name: name)
      let lowered = try Interpreter(model).lowered
      #expect(lowered.map(\.count) == model.graphs.map(\.nodes.count))
      #expect(lowered == (try Interpreter(model).lowered), "\(name) \(index)")
      for value in lowered.joined() {
        #expect(value.opaqueParts.isEmpty, "\(name) \(index): \(value.opaqueParts)")
        #expect(!value.form.isEmpty && !value.form.contains("unknown context"), "\(name) \(index)")
      }
    }
  }

  /// A form names the code that runs: no two kernels share one.
  @Test func everyFormIsOfOneKernel() throws {
    var kinds: [String: Set<ObjectIdentifier>] = [:]
    for name in GoldenModels.names {
      for bytes in try GoldenModels.read(name) {
        let interpreter = try Interpreter(ModelFile.parse(bytes, name: name))
        for step in interpreter.graphs.flatMap(\.steps) {
          guard case .kernel(let kernel) = step.action else { continue }
          let inner = (kernel as? SpecializedKernel)?.kernel ?? kernel
          kinds[kernel.lowered.form, default: []].insert(ObjectIdentifier(type(of: inner)))
        }
      }
    }
    #expect(kinds.count > 100)
    for (form, types) in kinds { #expect(types.count == 1, "\(form)") }
  }

  /// Operators without a kernel show what they are given.
  @Test func callsAndVariablesHaveValues() throws {
    let call = try Interpreter(SampleModels.call()).lowered
    #expect(call[0].map(\.description) == ["Call(graph: 1)"])
    let variable = try Interpreter(SampleModels.variable(zeroPoint: 0)).lowered
    #expect(variable[0].map(\.form) == ["Handle", "ReadVariable", "AssignVariable"])
  }
}
