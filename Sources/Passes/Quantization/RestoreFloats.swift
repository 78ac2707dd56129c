package import GraphIR

/// Makes a float model of one whose numbers are stored in fewer bits: uint8 activations and weights, the way of 2018;
/// int8 weights beside float activations (dynamic range); weights behind DEQUANTIZE, float16 among them.
///
/// Every stored number becomes the real one that it stands for, so the answers stay but for the rounding of uint8
/// activations. What quantizes and dequantizes between operators goes. Models of int8 or int16 activations are left
/// alone: they are what quantization makes.
package struct RestoreFloats: Pass {
  package static let name = "restore-floats"

  package init() {}

  /// Whether passes that change weights need floats first, and this pass makes them.
  ///
  /// float16 weights alone do not: every pass takes these.
  package static func isNeeded(_ model: Model) -> Bool {
    model.graphs.contains { FloatRestoration($0).isNeeded }
      && !model.graphs.contains { FloatRestoration($0).hasIntegerActivations }
  }

  /// - Throws: `PassError` naming what keeps a graph from becoming float.
  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    for index in model.graphs.indices {
      let folding = HalfPrecision.folding(model.graphs[index])
      if !folding.removedNodes.isEmpty {
        log.edited(Self.name, "model", "took \(folding.removedNodes.count) float16 constants as float32")
        model.apply(folding, to: GraphID(index))
      }
      let restoration = FloatRestoration(model.graphs[index])
      guard restoration.isNeeded else {
        if restoration.hasIntegerActivations {
          log.refused(
            Self.name, "subgraph \(index)",
            "its activations are int8 or int16: only stored weights and uint8 become floats; take the float model"
          )
        }
        continue
      }
      if let value = restoration.integerActivation {
        throw PassError(
          pass: Self.name, place: model.graphs[index].title(of: value),
          reason: "an int8 or int16 activation among others; give the float model")
      }
      let edit: GraphEdit
      do throws(Refusal) { edit = try restoration.edit() } catch {
        throw PassError(
          pass: Self.name, reason: error.sentence ?? "the model cannot become a float one")
      }
      log.edited(Self.name, "model", edit.summary)
      model.apply(edit, to: GraphID(index))
    }
    _ = model.removeUnused()
  }
}
