import Foundation
package import GraphIR
import Tensors

extension SampleSet {
  /// A file of data and the input that it is for.
  package struct File: Sendable {
    /// The input's name; nil for a model's only input, or a .npz that names them.
    package let input: String?
    package let path: String

    package init(input: String? = nil, path: String) {
      self.input = input
      self.path = path
    }
  }

  /// Opens files of data for a model: .npy, .npz, CSV (.csv, .txt), raw bytes of the input's own type
  /// (.bin, .raw, .dat), or a folder of PNG and JPEG images.
  ///
  /// Inputs go by their tensor's name or their name in a signature. Arrays of a .npz that no input is
  /// called by are passed over.
  ///
  /// - Parameter original: the model that data of its inputs' own types were stored for: numbers that would go into
  ///   it unchanged stand for the same real numbers here.
  /// - Throws: `DataError` for files that cannot be read or do not fit the inputs.
  package init(
    _ model: Model, files: [File], preprocessing: Preprocessing = .none, storedFor original: Model? = nil
  ) throws(DataError) {
    let originals = original.map { InputPort.all(of: $0) } ?? []
    let ports = InputPort.named(InputPort.all(of: model), as: originals)
    for port in ports { try port.requireFillable(from: files.first?.path ?? port.name) }
    var sources: [(any SampleSource)?] = ports.map { _ in nil }
    for file in files {
      let found = try Self.sources(in: file, for: ports)
      for (index, source) in found {
        guard sources[index] == nil else { throw .inputNames("input '\(ports[index].name)' has two files") }
        sources[index] = source
      }
    }
    var inputs: [Input] = []
    for (index, (port, source)) in zip(ports, sources).enumerated() {
      guard let source else {
        throw .inputNames("input '\(port.name)' (\(port.value.elementType) \(port.shape)) has no data")
      }
      let meaning =
        originals.indices.contains(index) ? originals[index].meaning(of: source, preprocessing) : nil
      var converter = InputConverter(port.value, preprocessing)
      if let meaning, converter.quantization != meaning || source.elementType != port.value.elementType {
        converter = converter.with(meaning.preprocessing)
      }
      guard converter.isSupported else {
        throw .unsuitable(
          file: source.name, input: port.name,
          reason: "is \(port.value.elementType), which nnopt cannot fill with numbers")
      }
      inputs.append(Input(name: port.name, source: source, converter: converter))
    }
    try self.init(inputs: inputs)
  }

  /// The sources of one file by input.
  private static func sources(
    in file: File, for ports: [InputPort]
  ) throws(DataError) -> [(input: Int, source: any SampleSource)] {
    if file.path.lowercased().hasSuffix(".npz"), file.input == nil {
      let archive = try NumPyArchive(file.path)
      return try ArchiveBinding.sources(archive, file.path, for: ports)
    }
    let index = try InputPort.index(of: file.input, among: ports, file: file.path)
    return [(index, try DataFile.source(file.path, for: ports[index]))]
  }

  /// Seeded random data for models without any: floats and quantized inputs over the range that the
  /// input's quantization can hold (0...1 without one), 0 and 1 for other integers.
  ///
  /// - Parameter alike: a model whose inputs' ranges are taken where this one has none, so that both
  ///   get the same numbers.
  package static func random(
    for model: Model, alike other: Model? = nil, count: Int, seed: UInt64
  ) throws(DataError) -> SampleSet {
    let ports = InputPort.all(of: model)
    let others = other.map { InputPort.all(of: $0) } ?? []
    var inputs: [Input] = []
    for (index, port) in ports.enumerated() {
      let converter = InputConverter(port.value, .none)
      let range = others.indices.contains(index) ? others[index].range ?? port.range : port.range
      try port.requireFillable(from: "random data")
      let isReal = converter.quantization != nil || !port.value.elementType.isInteger
      guard converter.isSupported else {
        throw .unsuitable(
          file: "random data", input: port.name,
          reason: "is \(port.value.elementType), which holds no numbers")
      }
      let source = RandomSource(
        seed: seed &+ UInt64(index) &* 0x9E6C_63D0_876A_3F35, sampleCount: count,
        elementType: isReal && port.value.elementType != .bool ? .float32 : port.value.elementType,
        elementCount: port.shape.elementCount, range: range ?? 0...1)
      inputs.append(Input(name: port.name, source: source, converter: converter))
    }
    return try SampleSet(inputs: inputs)
  }
}
