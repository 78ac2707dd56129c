import GraphIR
import Tensors

/// An input of a model's main graph.
struct InputPort {
  let name: String
  /// The name under which a signature offers it.
  let signatureName: String?
  let value: Value
  /// What another model calls its input at this place, for models whose own names are gone.
  var otherName: String?

  var shape: Shape { value.shape ?? [] }

  /// Elements of an input above which no data are made for it or read into it: numbers on their way take several times
  /// the bytes that they take in the model.
  private static let elementLimit = 1 << 25

  /// - Throws: `unsuitable` for an input that no model for a microcontroller has.
  func requireFillable(from file: String) throws(DataError) {
    guard shape.elementCount > Self.elementLimit else { return }
    throw .unsuitable(
      file: file, input: name,
      reason: "is \(shape); nnopt fills inputs of at most \(Self.elementLimit) elements")
  }

  static func all(of model: Model) -> [InputPort] {
    guard let main = model.graphs.first else { return [] }
    let bindings = (model.signatures ?? []).filter { $0.graph.index == 0 }.flatMap { $0.inputs ?? [] }
    return main.inputs.compactMap(\.self).enumerated().map { index, id in
      let name = main[id].name ?? ""
      return InputPort(
        name: name.isEmpty ? "input \(index)" : name,
        signatureName: bindings.first { $0.value == id }?.name, value: main[id])
    }
  }

  /// Whether a file calls the input by this name.
  func isCalled(_ other: String) -> Bool { other == name || other == signatureName || other == otherName }

  /// The ports with the names that another model with as many has for them, where no port has such a name itself.
  static func named(_ ports: [InputPort], as others: [InputPort]) -> [InputPort] {
    guard ports.count == others.count else { return ports }
    return zip(ports, others).map { port, other in
      var port = port
      if !ports.contains(where: { $0.isCalled(other.name) }) { port.otherName = other.name }
      return port
    }
  }

  /// The input of a name, or of a position such as `#1`, where none has such a name.
  ///
  /// - Throws: `inputNames` listing the inputs, where the name is of none or missing.
  static func index(of name: String?, among ports: [InputPort], file: String) throws(DataError) -> Int {
    let names = ports.map(\.name)
    let list = names.enumerated().map { index, name in
      names.count { $0 == name } > 1 ? "'#\(index)' (\(name))" : "'\(name)'"
    }.joined(separator: ", ")
    guard let name else {
      guard ports.count == 1 else {
        throw .inputNames("\(file): say which input it is for; the model has \(ports.count): \(list)")
      }
      return 0
    }
    if let index = ports.firstIndex(where: { $0.isCalled(name) }) { return index }
    guard name.hasPrefix("#"), let index = Int(name.dropFirst()), ports.indices.contains(index) else {
      throw .inputNames("\(file): the model has no input '\(name)', only \(list)")
    }
    return index
  }

  /// The real numbers that the quantized type holds; nil for others.
  ///
  /// Of 16 bits, whose scales are symmetric, those that the file has on record as seen: inputs of 0...1 leave half of
  /// the type unused.
  var range: ClosedRange<Float>? {
    guard let held = InputConverter(value, .none).realRange else { return nil }
    guard value.elementType == .int16, let lower = value.quantization?.min?.first,
      let upper = value.quantization?.max?.first, lower < upper, held.contains(lower)
    else { return held }
    return lower...min(upper, max(held.upperBound, lower))
  }

  /// What stored numbers of a source stand for that go into the input unchanged; nil for others.
  func meaning(of source: any SampleSource, _ preprocessing: Preprocessing) -> InputConverter.Affine? {
    let converter = InputConverter(value, preprocessing)
    return converter.isRaw(source.elementType) ? converter.quantization : nil
  }
}

extension InputConverter.Affine {
  /// What makes real numbers of stored ones: (stored − zero point) · scale.
  var preprocessing: Preprocessing { Preprocessing(mean: Double(zeroPoint), scale: Double(scale)) }
}
