import Datasets
import Execution
import Foundation
import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import GraphIR

/// Recurrent nets as converters write them run in every form, and all forms answer alike.
@Suite struct RecurrentRunTests {
  private static let folder = ProcessInfo.processInfo.environment["NNOPT_RECURRENT"]

  private func answers(_ net: RecurrentNet) throws -> [[Float]] {
    let bytes = try ModelFile.serialize(net.model())
    let name = "\(net.cell)_\(net.form)_\(net.returnsSequences)_\(net.isBidirectional)_\(net.batch)"
    if let folder = Self.folder {
      try Data(bytes).write(to: URL(filePath: "\(folder)/\(name).tflite"))
    }
    let model = try ModelFile.parse(bytes, name: name)
    let samples = try SampleSet.random(for: model, count: 3, seed: 3)
    let session = Session(try Interpreter(model))
    return try (0..<3).map { index in
      session.reset()
      return try session.run(samples.sample(index)).flatMap { TensorData($0).elements(Float.self) }
    }
  }

  @Test(arguments: RecurrentNet.Cell.allCases, [false, true])
  func allFormsAnswerAlike(cell: RecurrentNet.Cell, returnsSequences: Bool) throws {
    for isBidirectional in [false, true] {
      for batch: Int32 in [1, 2] {
        var net = RecurrentNet(cell, .updatingLoop)
        (net.returnsSequences, net.isBidirectional, net.batch) = (returnsSequences, isBidirectional, batch)
        let wanted = try answers(net)
        #expect(wanted[0] != wanted[1])
        for form in RecurrentNet.Form.allCases where form != .fused || cell == .lstm {
          net.form = form
          let found = try answers(net)
          #expect(found.map(\.count) == wanted.map(\.count), "\(form)")
          let error = zip(found.joined(), wanted.joined()).map { abs($0 - $1) }.max() ?? 1
          #expect(error < 1e-5, "\(form) \(error)")
        }
      }
    }
  }

  @Test func sizesThatGrowBeyondBoundsAreRefused() throws {
    var net = RecurrentNet(.gru, .growingLoop)
    (net.steps, net.units, net.batch) = (1 << 20, 64, 8)
    net.features = 1
    #expect(throws: ExecutionError.self) { try Interpreter(net.model()) }
  }
}
