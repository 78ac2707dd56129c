import GraphIR
import Tensors

/// What the kernel of CIRCULAR_BUFFER demands.
enum CircularBufferDemands {
  private static let shapes = "takes frames of 1×1×M×N into 1×K×M×N"

  static func first(_ site: RefusalSite) -> Refusal? {
    guard site.node.inputs.count == 1, (1...2).contains(site.node.outputs.count), let input = site.input(0),
      let output = site.output(0)
    else { return site.refuse(.operands, "takes one operand and has one result", Remedy.convert) }
    let (frame, queue) = (input.dimensions, output.dimensions)
    let isOther = zip(frame, queue).enumerated().contains { axis, sizes in
      axis < 4 && (axis == 1 ? sizes.0 != 1 : sizes.0 != sizes.1)
    }
    if isOther { return site.refuse(.shape, shapes, Remedy.fixShapes) }
    if frame.count != 4 || queue.count != 4 { return site.misreads(.shape, shapes, Remedy.fixShapes) }
    if frame[0] != 1 { return site.misreads(.shape, "moves the first of its batches only", Remedy.fixShapes) }
    guard !output.value.isVariable else { return nil }
    return site.misreads(
      .operands, "keeps its frames in its result, which is no variable: other tensors may take its place",
      Remedy.convert)
  }
}
