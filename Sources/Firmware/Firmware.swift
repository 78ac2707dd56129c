package import Boards
package import GraphIR
package import Planning
package import Runtimes

/// What a model needs on a microcontroller: the files that run it there, and what stands against it.
package struct Firmware: Sendable {
  package let name: SymbolName
  package let format: FirmwareFormat
  package let target: FirmwareTarget
  /// The model's file name, without folders.
  package let source: String
  package let modelBytes: Int
  package let prediction: TFLMPrediction
  package let resolver: OperatorResolver
  package let inputs: [FirmwarePort]
  package let outputs: [FirmwarePort]
  /// Resource variables, for which the program makes room beside the tensors.
  package let resourceVariables: Int
  package let warnings: [FirmwareWarning]
  /// Outputs that are inputs of the next inference.
  package let states: [StatePair]
  /// Those of them whose ports have one address, so that nothing has to be copied.
  package let sharedStates: Set<StatePair>
  /// The name of a sketch, which has to be its folder's; nil for the symbols' name.
  package var sketchName: String?
  /// The board's memory that the arena is in.
  package var arenaMemory = ArenaMemory.sram
  /// Which memory each tensor is in; nil where there is one.
  package var regions: FirmwareRegions?

  /// Looks at a model and predicts its arena.
  ///
  /// The arena holds as many resource variables as the target asks for, which is how the example makes room.
  ///
  /// - Parameters:
  ///   - fileBytes: The file's size, which is that of the array.
  ///   - source: The file's path or name.
  ///   - states: Outputs that are inputs of the next inference; by default those that the names tell.
  ///   - planFault: What is wrong with the offsets that the file brings, as a sentence without a full stop.
  /// - Throws: `offlinePlan` where the file's plan is none, `tooLarge` where the runtime cannot count.
  package init(
    _ model: Model, fileBytes: Int, source: String, name: SymbolName, format: FirmwareFormat,
    target: FirmwareTarget, planFault: String? = nil, states: StatePorts? = nil
  ) throws(FirmwareError) {
    prediction = try Self.predict(model, target)
    self.name = name
    self.format = format
    self.target = target
    self.source = source.split(separator: "/").last.map(String.init) ?? source
    modelBytes = fileBytes
    resolver = OperatorResolver(model)
    inputs = FirmwarePort.all(.input, of: model)
    outputs = FirmwarePort.all(.output, of: model)
    self.states = (states ?? StatePorts(model)).pairs
    sharedStates = Self.shared(self.states, of: model, prediction)
    resourceVariables = target.tflm.resourceVariableCount(for: model)
    warnings =
      Self.planWarnings(planFault, target.tflm.kernels)
      + TFLMVerdict(
        model, on: target.tflm, processor: target.processor,
        unknownOperators: prediction.unknownOperators
      ).warnings
      + (format == .arduino ? Self.libraryWarnings(resolver) : [])
  }

  /// Whether TFLM runs the model there, and rightly.
  package var verdict: TFLMVerdict { TFLMVerdict(warnings) }

  /// Bytes of the arena that the example reserves.
  package var arenaBytes: Int { prediction.smallestArenaBytes }

  /// The pairs whose ports the runtime puts at one address.
  private static func shared(
    _ states: [StatePair], of model: Model, _ prediction: TFLMPrediction
  ) -> Set<StatePair> {
    guard let main = model.graphs.first else { return [] }
    func offset(_ id: ValueID?) -> Int? {
      prediction.buffers.first { $0.owner == id.map { .value(GraphID(0), $0) } }?.offset
    }
    return Set(
      states.filter { pair in
        offset(main.inputs[pair.input]).map { $0 == offset(main.outputs[pair.output]) } ?? false
      })
  }

  private static func predict(
    _ model: Model, _ target: FirmwareTarget
  ) throws(FirmwareError) -> TFLMPrediction {
    let plan: OfflinePlan?
    do {
      plan = try OfflinePlan.read(from: model)
    } catch {
      throw .offlinePlan(error)
    }
    do {
      return try TFLMRuntime(target.tflm).predict(model.withoutAppendedData, plan: plan)
    } catch {
      throw .tooLarge(error)
    }
  }

  private static func planWarnings(_ fault: String?, _ kernels: KernelLibrary) -> [FirmwareWarning] {
    guard let fault else { return [] }
    return [
      FirmwareWarning(
        kind: .offlinePlan, place: "metadata, \(OfflinePlan.metadataName)",
        problem: "\(fault), with \(kernels.title) kernels: answers may be wrong",
        remedy: "Plan the model again with 'nnopt plan --kernels \(kernels.rawValue) --output'.")
    ]
  }

  private static func libraryWarnings(_ resolver: OperatorResolver) -> [FirmwareWarning] {
    let newer = resolver.methodsNewerThanArduinoLibrary
    guard let first = newer.first else { return [] }
    return [
      FirmwareWarning(
        kind: .library, place: "resolver, \(first)", moreCount: newer.count - 1,
        problem: "the library Arduino_TensorFlowLite 2.4.0-ALPHA (2023) does not have it yet",
        remedy: "Use a library with a newer TFLM.")
    ]
  }
}

/// Why a model cannot be exported.
package enum FirmwareError: Error, Equatable {
  /// The file carries an offline plan that the runtime would refuse, or that would damage its memory.
  case offlinePlan(OfflinePlanError)
  case tooLarge(TFLMRuntimeError)
}

extension FirmwareError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .offlinePlan(let error):
      "\(error); plan it again with 'nnopt plan --output', which replaces the plan (a model for an Ethos-U: compile it with Vela again)"
    case .tooLarge(let error): "\(error)"
    }
  }
}
