import Foundation
import GraphIR
import Operators
import Testing

@testable import Runtimes

/// Whether nothing is forgotten between the interpreter's operators and TFLM's.
@Suite struct TFLMOperatorTests {
  @Test(arguments: Registry.operators.map { OperatorCode($0.builtin, customName: $0.customName) })
  func everyOperatorOfTheInterpreterIsInTFLMOrSaidToBeAbsent(code: OperatorCode) {
    #expect(
      (TFLMOperator[code] != nil) != isAbsent(code),
      "\(code.name): either a file of Sources/Runtimes/Operators, or a line of TFLMOperator.absent")
  }

  private func isAbsent(_ code: OperatorCode) -> Bool {
    code.customName.map { TFLMOperator.absentCustom[$0] != nil } ?? (TFLMOperator.absent[code.builtin] != nil)
  }

  @Test func whatIsAbsentIsKnownToTheInterpreter() {
    for (name, reason) in TFLMOperator.absentCustom {
      #expect(Registry.operator(for: OperatorCode(.custom, customName: name)) != nil, "\(name)")
      #expect(!reason.isEmpty, "\(name)")
    }
    for (builtin, reason) in TFLMOperator.absent {
      #expect(Registry.operator(for: OperatorCode(builtin)) != nil, "\(builtin.name)")
      #expect(!reason.isEmpty, "\(builtin.name)")
    }
  }

  @Test(arguments: TFLMOperator.all.map(\.code))
  func everyOperatorOfTFLMIsInTheInterpreterOrSaysWhyNot(code: TFLMOperator.Code) throws {
    let known = try #require(TFLMOperator[code.operatorCode])
    let isRegistered = Registry.operator(for: code.operatorCode) != nil
    #expect(
      isRegistered == (known.interpreter == .registered), "\(code): its file of Sources/Runtimes/Operators")
  }

  @Test(arguments: TFLMOperator.all.map(\.code))
  func everyOperatorHasAnArity(code: TFLMOperator.Code) {
    #expect(
      OperatorArity(of: code.operatorCode.builtin) != nil, "\(code): a line of OperatorArity in GraphIR")
  }

  @Test func everyOperatorStandsOnce() {
    let codes = TFLMOperator.all.map(\.code)
    #expect(Set(codes).count == codes.count)
    let methods = TFLMOperator.all.map(\.method.name)
    #expect(Set(methods).count == methods.count)
  }

  @Test func everyFactThatIsMissingHasAReason() {
    for known in TFLMOperator.all {
      var reasons: [String] = []
      if case .unknown(let reason) = known.kernels { reasons.append(reason) }
      if case .none(let reason) = known.overlap { reasons.append(reason) }
      if case .all(let reason) = known.types { reasons.append(reason) }
      if case .unknown(let reason) = known.types { reasons.append(reason) }
      if case .none(let reason) = known.interpreter { reasons.append(reason) }
      #expect(!reasons.contains(""), "\(known.code)")
    }
  }

  /// A file bears the name of the interpreter's file for the same operator.
  @Test func filesAreFoundByTheirNames() {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Runtimes/Operators").standardized
    for type in Registry.operators where !isAbsent(OperatorCode(type.builtin, customName: type.customName)) {
      let file = folder.appending(path: "\(type).swift").path
      #expect(FileManager.default.fileExists(atPath: file), "\(type).swift")
    }
  }

  @Test func customOperatorsAreFoundByName() {
    #expect(TFLMOperator[OperatorCode(.custom, customName: "SignalRfft")]?.method.name == "AddRfft")
    #expect(TFLMOperator[OperatorCode(.custom, customName: "Mine")] == nil)
    #expect(TFLMOperator[OperatorCode(.gelu)] == nil)
    #expect(TFLMOperator[OperatorCode(.add, customName: "SignalRfft")]?.method.name == "AddAdd")
  }
}

extension TFLMOperator.Code {
  var operatorCode: OperatorCode {
    switch self {
    case .builtin(let builtin): OperatorCode(builtin)
    case .custom(let name): OperatorCode(.custom, customName: name)
    }
  }
}
