import GraphIR
import Operators
import Tensors

/// What the kernels of TFLM's signal library refuse besides types.
enum SignalRefusals {
  /// How many operands and results an operator has, and how many axes those have that have to be lists or scalars.
  private struct Form {
    let inputs: Int
    let outputs: Int
    var lists: [RefusalSite.Operand] = []
    var scalars: [RefusalSite.Operand] = []
    /// Axes that the first result has more than the first operand; nil where the kernel does not look.
    var growth: Int?
  }

  private static let forms: [String: Form] = [
    "SignalDelay": Form(inputs: 1, outputs: 1),
    "SignalEnergy": Form(inputs: 1, outputs: 1, lists: [.input(0), .output(0)]),
    "SignalFftAutoScale": Form(
      inputs: 1, outputs: 2, lists: [.input(0), .output(0)], scalars: [.output(1)]),
    "SignalFilterBank": Form(
      inputs: 6, outputs: 1, lists: (0..<6).map { .input($0) } + [.output(0)]),
    "SignalFilterBankLog": Form(inputs: 1, outputs: 1, lists: [.input(0), .output(0)]),
    "SignalFilterBankSpectralSubtraction": Form(
      inputs: 1, outputs: 2, lists: [.input(0), .output(0), .output(1)]),
    "SignalFilterBankSquareRoot": Form(
      inputs: 2, outputs: 1, lists: [.input(0), .output(0)], scalars: [.input(1)]),
    "SignalFramer": Form(inputs: 1, outputs: 2, scalars: [.output(1)], growth: 1),
    "SignalIrfft": Form(inputs: 1, outputs: 1, growth: 0),
    "SignalOverlapAdd": Form(inputs: 1, outputs: 1, growth: -1),
    "SignalPCAN": Form(
      inputs: 3, outputs: 1, lists: [.input(0), .input(1), .input(2), .output(0)]),
    "SignalRfft": Form(inputs: 1, outputs: 1, growth: 0),
    "SignalStacker": Form(
      inputs: 1, outputs: 2, lists: [.input(0), .output(0)], scalars: [.output(1)]),
    "SignalWindow": Form(inputs: 2, outputs: 1, lists: [.input(1)], growth: 0),
  ]

  static func rule(of name: String) -> NodeRefusals.Rule? {
    guard let form = forms[name] else { return nil }
    return { site in
      refusal(of: form, site) ?? typeRefusal(site) ?? framing(site) ?? refusedLength(site) ?? empty(site)
    }
  }

  private static func refusal(of form: Form, _ site: RefusalSite) -> Refusal? {
    guard site.node.inputs.count == form.inputs, site.node.outputs.count == form.outputs else {
      return site.refuse(
        .operands, "takes \(form.inputs) operands and has \(form.outputs) results", Remedy.convert)
    }
    for position in 0..<form.inputs {
      if let refusal = site.lacks(.input(position)) { return refusal }
    }
    for operand in form.lists {
      if let refusal = site.hasRank(outside: 1...1, operand) { return refusal }
    }
    for operand in form.scalars {
      if let refusal = site.hasRank(outside: 0...0, operand) { return refusal }
    }
    guard let growth = form.growth, let input = site.input(0), let output = site.output(0),
      output.rank != input.rank + growth
    else { return nil }
    return site.refuse(
      .shape, "finds a result of \(output.rank) dimensions for \(input.rank)", Remedy.fixShapes)
  }

  /// Kernels that the option T chooses, floats where it is left out.
  private static func typeRefusal(_ site: RefusalSite) -> Refusal? {
    guard ["SignalRfft", "SignalIrfft", "SignalOverlapAdd"].contains(site.node.code.name),
      let type = site.input(0)?.type
    else { return nil }
    let chosen = ElementType(rawValue: Int8(truncatingIfNeeded: option("T", of: site))) ?? .float32
    guard type != chosen else { return nil }
    return site.refuse(
      .options, "is chosen for \(chosen) by its option T, and its input is \(type)", Remedy.convert)
  }

  /// Steps that do not divide what is framed, and inputs that are longer than their transform.
  private static func framing(_ site: RefusalSite) -> Refusal? {
    guard let length = site.input(0)?.dimensions.last else { return nil }
    switch site.node.code.name {
    case "SignalFramer":
      let step = option("frame_step", of: site)
      guard step <= 0 || length < step || length % step != 0 else { return nil }
      return site.refuse(
        .shape, "takes whole steps of \(step), and its input has \(length) numbers", Remedy.fixShapes)
    case "SignalRfft" where length > option("fft_length", of: site):
      return site.refuse(
        .shape, "takes \(option("fft_length", of: site)) numbers at most, and its input has \(length)",
        Remedy.fixShapes)
    default: return nil
    }
  }

  /// Sizes of 0, by which most kernels divide without a look.
  private static func empty(_ site: RefusalSite) -> Refusal? {
    guard (site.inputs + site.outputs).contains(where: { $0.dimensions.contains(0) }) else { return nil }
    return site.misreads(.emptyTensor, "takes no empty tensors", Remedy.fixShapes)
  }

  /// An option; 0, as the kernels read it, where there is none.
  private static func option(_ name: String, of site: RefusalSite) -> Int {
    (try? FlexBufferMap(site.node.customOptions?.bytes ?? []))?.integer(name) ?? 0
  }

  /// A transform of another length needs memory that TFLM's build of KissFFT does not give.
  private static func refusedLength(_ site: RefusalSite) -> Refusal? {
    guard ["SignalRfft", "SignalIrfft"].contains(site.node.code.name) else { return nil }
    var rest = option("fft_length", of: site) / 2
    guard rest > 0, rest <= 1 << 30 else { return nil }
    for factor in [2, 3, 5] {
      while rest % factor == 0 { rest /= factor }
    }
    guard rest > 1 else { return nil }
    return site.refuse(
      .options, "ends the program: half of its fft_length has another prime factor than 2, 3 and 5",
      "Take a length that is a power of two.")
  }
}
