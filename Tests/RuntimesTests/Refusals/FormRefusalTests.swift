import Tensors
import Testing

@testable import GraphIR
@testable import Runtimes

/// Shapes, numbers of dimensions, options and operands.
@Suite struct FormRefusalTests {
  @Test func ranksAreLimited() {
    #expect(RefusalSamples.finding(.l2Normalization, [.float(1, 1, 1, 2)], [.float(1, 1, 1, 2)]) == nil)
    #expect(
      RefusalSamples.finding(.l2Normalization, [.float(1, 1, 1, 1, 2)], [.float(1, 1, 1, 1, 2)])?.kind
        == .shape)
    let order = SampleTensor.vector(0, 1, 2, 3, 4, 5)
    let six = SampleTensor.float(1, 1, 1, 1, 1, 2)
    #expect(RefusalSamples.finding(.transpose, [six, order], [six])?.kind == .shape)
    #expect(RefusalSamples.finding(.slice, [six, order, order], [six])?.severity == .wrongAnswers)
    #expect(
      RefusalSamples.finding(.spaceToBatchND, [.float(1, 2), .vector(1), .vector(0, 0)], [.float(1, 2)])?.kind
        == .shape)
  }

  @Test(arguments: [BuiltinOperator.resizeBilinear, .resizeNearestNeighbor])
  func resizingTakesOneOfTwoFlags(builtin: BuiltinOperator) {
    func finding(_ options: [String: Int]) -> TFLMFinding? {
      RefusalSamples.finding(builtin, [.float(1, 2, 2, 1), .vector(4, 4)], [.float(1, 4, 4, 1)], options)
    }
    #expect(finding(["align_corners": 1]) == nil)
    #expect(finding(["half_pixel_centers": 1]) == nil)
    let both = finding(["align_corners": 1, "half_pixel_centers": 1])
    #expect(both?.kind == (builtin == .resizeBilinear ? .options : nil))
  }

  @Test func aNewShapeThatWasReadAs1IsNamed() {
    let shape = SampleTensor.vector(1, -1, 2)
    #expect(RefusalSamples.finding(.reshape, [.float(1, 6, 2), shape], [.float(1, 6, 2)]) == nil)
    let finding = RefusalSamples.finding(.reshape, [.float(1, 6, 2), shape], [.float(1, 1, 2)])
    #expect(finding?.kind == .shape)
    #expect(finding?.problem.contains("−1") == true)
    #expect(RefusalSamples.finding(.reshape, [.float(4)], [.float(5)])?.problem.contains("−1") == false)
  }

  @Test(arguments: [BuiltinOperator.tanh, .relu, .abs, .logistic, .softmax])
  func emptyResultsAreRefusedAndEmptyVectorsAreNot(builtin: BuiltinOperator) {
    func finding(_ tensor: SampleTensor) -> TFLMFinding? {
      RefusalSamples.finding(builtin, [tensor], [tensor], ["beta": 1])
    }
    #expect(finding(.float(1, 0, 16))?.kind == .emptyTensor)
    #expect(finding(.float(0)) == nil)
  }

  @Test(arguments: [
    BuiltinOperator.argMax, .argMin, .cast, .conv2D, .fullyConnected, .transposeConv, .shape,
  ])
  func typesInOptionsAreKnown(builtin: BuiltinOperator) {
    let names: [BuiltinOperator: String] = [
      .argMax: "output_type", .argMin: "output_type", .cast: "out_data_type", .shape: "out_type",
    ]
    func finding(_ type: Int) -> TFLMFinding? {
      RefusalSamples.finding(
        builtin, [.float(1, 1, 1, 1)], [.float(1, 1, 1, 1)],
        [names[builtin] ?? "quantized_bias_type": type])
    }
    for type in [-1, 23, 127, 300] {
      #expect(finding(type)?.problem.contains("knows no type \(type)") == true)
    }
    #expect(finding(2)?.problem.contains("knows no type") != true)
  }

  @Test(arguments: [BuiltinOperator.concatenation, .l2Normalization])
  func unknownActivationsAreNone(builtin: BuiltinOperator) {
    func finding(_ activation: Int) -> TFLMFinding? {
      RefusalSamples.finding(
        builtin, [.float(1, 2)], [.float(1, 2)], ["fused_activation_function": activation])
    }
    #expect(finding(1)?.kind == .options)
    #expect(finding(-1) == nil)
    #expect(finding(6) == nil)
  }

  @Test(arguments: ["ellipsis_mask", "new_axis_mask", "offset"])
  func slicesArePlain(option: String) {
    let ends = SampleTensor.vector(0, 0)
    func finding(_ value: Int) -> TFLMFinding? {
      RefusalSamples.finding(
        .stridedSlice, [.float(2, 2), ends, .vector(2, 2), .vector(1, 1)], [.float(2, 2)], [option: value])
    }
    #expect(finding(0) == nil)
    #expect(finding(1)?.kind == .options)
  }

  @Test func lookedUpRowsFitTheResult() {
    func finding(_ result: SampleTensor) -> TFLMFinding? {
      RefusalSamples.finding(.embeddingLookup, [.vector(0, 1), .float(4, 3)], [result])
    }
    #expect(finding(.float(2, 3)) == nil)
    #expect(finding(.float(1, 3))?.kind == .shape)
    #expect(finding(.float(1, 2, 3))?.kind == .shape)
  }

  @Test func int4WeightsHaveOneScale() {
    var weights = SampleTensor.of(.int4, 2, 4).constant()
    func finding() -> TFLMFinding? {
      RefusalSamples.finding(.fullyConnected, [.int8(1, 4), weights, nil], [.int8(1, 2)])
    }
    weights.scales = [1]
    weights.zeroPoints = [0]
    #expect(finding() == nil)
    weights.scales = [1, 2]
    weights.zeroPoints = [0, 0]
    #expect(finding()?.kind == .quantization)
  }

  @Test func optionsAreNeeded() {
    var bool = SampleTensor.of(.bool)
    bool.dimensions = nil
    for builtin in [BuiltinOperator.`if`, .`while`, .callOnce] {
      let inputs: [SampleTensor?] = builtin == .callOnce ? [] : [bool]
      #expect(RefusalSamples.finding(builtin, inputs, [], hasOptions: false)?.kind == .options)
    }
    #expect(
      RefusalSamples.finding(.depthToSpace, [.float(1, 1, 1, 4)], [.float(1, 2, 2, 1)], hasOptions: false)?
        .kind == .options)
    #expect(
      RefusalSamples.finding(.averagePool2D, [.float(1, 1, 1, 4)], [.float(1, 1, 1, 4)], hasOptions: false)?
        .kind == .options)
  }

  @Test func builtinsHaveNoCustomOptions() {
    var model = RefusalSamples.model(.relu, [.float(4)], [.float(4)])
    #expect(TFLMCompatibility.findings(in: model, target: .host).isEmpty)
    model.graphs[0].nodes[0].customOptions = Node.CustomOptions(bytes: [1])
    #expect(TFLMCompatibility.findings(in: model, target: .host).map(\.kind) == [.options])
  }

  @Test func operandsAreThere() {
    #expect(RefusalSamples.finding(.add, [.float(4), nil], [.float(4)])?.kind == .operands)
    #expect(RefusalSamples.finding(.softmax, [nil], [.float(4)])?.kind == .operands)
    #expect(
      RefusalSamples.finding(
        .svdf, [.float(1, 4), .float(6, 4), .float(6, 5), nil, .float(1, 30)], [.float(1, 6)], ["rank": 1])?
        .kind == .operands)
  }

  @Test func operandsAreCalledByTheirPlaces() {
    let two = RefusalSamples.finding(.add, [.int8(4).unquantized(), .int8(4)], [.int8(4)])?.problem
    #expect(two?.contains("its input 0") == true)
    let one = RefusalSamples.finding(.quantize, [.int8(4).unquantized()], [.int8(4)])?.problem ?? ""
    #expect(!one.contains("input 0"))
  }

  @Test func tablesOfBytesForFloatsHaveNoZeroPoint() {
    func finding(_ table: SampleTensor, _ output: SampleTensor) -> TFLMFinding? {
      RefusalSamples.finding(.embeddingLookup, [.of(.int32, 2), table], [output])
    }
    #expect(finding(.int8(5, 3, zero: 0), .float(2, 3)) == nil)
    #expect(finding(.int8(5, 3, zero: 1), .float(2, 3))?.kind == .quantization)
    #expect(finding(.int8(5, 3, zero: 1), .int8(2, 3, zero: 1)) == nil)
  }

  @Test func floatStatesHaveOneType() {
    func finding(_ input: SampleTensor) -> TFLMFinding? {
      var state = SampleTensor.float(1, 30)
      state.isVariable = true
      return RefusalSamples.finding(
        .svdf, [input, .float(6, 4), .float(6, 5), .float(6), state], [.float(1, 6)], ["rank": 1])
    }
    #expect(finding(.float(1, 4)) == nil)
    #expect(finding(.int16(1, 4)) != nil)
  }

  @Test func countsAreThoseOfTheOperator() {
    #expect(RefusalSamples.finding(.abs, [.float(4), .float(4)], [.float(4)])?.kind == .operands)
    #expect(RefusalSamples.finding(.relu, [.float(4), .float(4)], [.float(4)]) == nil)
    #expect(RefusalSamples.finding(.add, [.float(4)], [.float(4)])?.kind == .operands)
  }

  @Test func subgraphsHaveTheSizesOfWhatIsCopied() {
    var model = RefusalSamples.model(.`while`, [.float(4)], [.float(4)])
    model.graphs[0].nodes[0].options?.record["cond_subgraph_index"] = .integer(1)
    model.graphs[0].nodes[0].options?.record["body_subgraph_index"] = .integer(2)
    func graph(_ input: SampleTensor, _ output: SampleTensor) -> Graph {
      Graph(nodes: [], values: [input.value, output.value], inputs: [ValueID(0)], outputs: [ValueID(1)])
    }
    model.graphs += [graph(.float(4), .of(.bool, 1)), graph(.float(4), .float(4))]
    #expect(TFLMCompatibility.findings(in: model, target: .host).isEmpty)
    model.graphs[2] = graph(.float(4), .float(5))
    #expect(TFLMCompatibility.findings(in: model, target: .host).map(\.kind) == [.operands])
  }

  @Test func blocksOfSpaceArePaddedWithAnything() {
    func finding(_ pads: SampleTensor) -> TFLMFinding? {
      var pads = pads
      pads.dimensions = [2, 2]
      return RefusalSamples.finding(
        .spaceToBatchND, [.float(1, 4, 4, 1), .vector(2, 2), pads], [.float(4, 3, 3, 1)])
    }
    #expect(finding(.vector(0, 0, 0, 0)) == nil)
    #expect(finding(.vector(1, 1, 1, 1))?.severity == .wrongAnswers)
  }

  @Test func whatKernelsDoNotCheckGivesWrongAnswers() {
    #expect(RefusalSamples.finding(.relu, [.float(4)], [.float(5)])?.severity == .wrongAnswers)
    #expect(RefusalSamples.finding(.exp, [.float(4)], [.float(5)])?.severity == .refused)
    #expect(
      RefusalSamples.finding(.pack, [.float(4)], [.float(1, 5)], ["values_count": 1])?.severity
        == .wrongAnswers)
  }

  @Test func typesAreOne() {
    #expect(RefusalSamples.finding(.relu, [.float(4)], [.int8(4)])?.kind == .types)
    #expect(RefusalSamples.finding(.add, [.float(4), .float(4)], [.of(.bool, 4)])?.kind == .types)
    #expect(RefusalSamples.finding(.sub, [.float(4), .int8(4)], [.float(4)])?.kind == .types)
  }

  @Test func detectionsNeedRoom() {
    var none = SampleTensor.float()
    none.dimensions = nil
    let inputs: [SampleTensor?] = [.float(1, 5, 4), .float(1, 5, 2), .float(5, 4)]
    func findings(_ outputs: [SampleTensor]) -> [TFLMFinding] {
      var model = RefusalSamples.model(.custom, inputs, outputs)
      model.graphs[0].nodes[0].code = OperatorCode(.custom, customName: "TFLite_Detection_PostProcess")
      model.graphs[0].nodes[0].customOptions = Node.CustomOptions(bytes: [1])
      return TFLMCompatibility.findings(in: model, target: .host)
    }
    #expect(findings([.float(1, 5, 4), .float(1, 5), .float(1, 5), .float(1)]).isEmpty)
    #expect(findings([none, none, none, none]).map(\.severity) == [.wrongAnswers])
  }

  @Test(arguments: [
    (ElementType.string, true), (.variant, true), (.int2, true), (.float64, false), (.int4, false),
  ])
  func typesHaveASizeWhereverTheyAre(type: ElementType, isRefused: Bool) {
    var model = RefusalSamples.model(.relu, [.float(4)], [.float(4)])
    model.graphs[0].values.append(SampleTensor.of(type, 1).value)
    let findings = TFLMCompatibility.findings(in: model, target: .host)
    #expect(findings.map(\.place) == (isRefused ? [.value(GraphID(0), ValueID(2))] : []))
  }

  @Test func intermediateTensorsAreEmpty() {
    var model = RefusalSamples.model(.relu, [.float(4)], [.float(4)])
    model.graphs[0].values.append(SampleTensor.int8(0).value)
    model.graphs[0].nodes[0].intermediates = [ValueID(2)]
    #expect(TFLMCompatibility.findings(in: model, target: .host).isEmpty)
    model.graphs[0].values[2] = SampleTensor.int8(4).value
    #expect(TFLMCompatibility.findings(in: model, target: .host).map(\.kind) == [.emptyTensor])
  }
}
