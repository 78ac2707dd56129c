import Foundation
import GraphIR
import ModelFiles
import Testing
import _TestSupport

@testable import Runtimes

/// What is predicted for 32-bit targets stays what it is: `Tests/Golden/devices.csv` holds sums over the golden models, so
/// that a change of a size or a rule is meant. Measured arenas are on hosts (`GoldenArenaTests`) and, for whole models, in
/// `RealModelArenaTests`; some sizes of 32-bit targets are derived only.
///
/// `NNOPT_WRITE_DEVICES=1` writes the table anew.
@Suite struct DeviceArenaTests {
  private static let table = GoldenModels.folder.appending(path: "devices.csv")

  private static let targets: [(name: String, target: TFLMTarget)] = KernelLibrary.allCases.map {
    ($0.rawValue, TFLMTarget(commonFor: $0, resourceVariableSlots: nil))
  }

  /// Golden files of operators that TFLM has, with what a program's resolver calls them.
  private static let operators: [(file: String, facts: TFLMOperator)] = GoldenModels.names.compactMap {
    name in
    TFLMOperator.all.first { $0.code.description == name }.map { (name, $0) }
  }

  private static let recorded: [String: String] = {
    let text = (try? String(contentsOf: table, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n").dropFirst()
    return Dictionary(lines.map { (String($0.prefix { $0 != "," }), String($0)) }) { first, _ in first }
  }()

  @Test(arguments: operators.map(\.file))
  func predictionsAreTheRecordedOnes(name: String) throws {
    #expect(try Self.line(name) == Self.recorded[name])
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["NNOPT_WRITE_DEVICES"] != nil))
  func writesTheTable() throws {
    let heads = ["operator", "method", "arduino", "unknown"]
    let columns = Self.targets.flatMap { ["\($0.name) heads", "\($0.name) tails", "\($0.name) digest"] }
    let lines =
      [(heads + columns).joined(separator: ",")] + (try Self.operators.map { try Self.line($0.file) })
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: Self.table)
  }

  private static func line(_ name: String) throws -> String {
    let facts = try #require(operators.first { $0.file == name }).facts
    let models = try GoldenModels.read(name).enumerated().map { index, bytes in
      try ModelFile.parse(bytes, name: "\(name) \(index)")
    }
    var cells = [name, facts.method.name, facts.method.isInArduinoLibrary ? "yes" : "no"]
    var (unknown, columns) = (0, [String]())
    for target in targets {
      var (heads, tails, digest) = (0, 0, UInt64(0xCBF2_9CE4_8422_2325))
      for model in models {
        let prediction = try TFLMRuntime(target.target).predict(model)
        unknown += prediction.unknownOperators.count
        heads += prediction.headBytes
        tails += prediction.tailBytes
        for number in [prediction.headBytes, prediction.tailBytes] + prediction.scratch.map(\.bytes) {
          // FNV-1a (Fowler, Noll, Vo 1991).
          digest = (digest ^ UInt64(number)) &* 0x100_0000_01B3
        }
      }
      columns += ["\(heads)", "\(tails)", String(digest, radix: 16)]
    }
    cells.append("\(unknown)")
    return (cells + columns).joined(separator: ",")
  }
}
