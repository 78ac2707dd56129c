import GraphIR
import Tensors

/// What can differ in a tensor that two models have in common.
enum TensorAspects {
  static func changes(_ old: Value, _ new: Value) -> [ModelDiff.Change] {
    var list = ChangeList()
    list.note("name", old.name ?? "", new.name ?? "")
    list.note("type", old.elementType.description, new.elementType.description)
    list.note("shape", shape(old), shape(new)) { old.dimensions == new.dimensions }
    list.note("open shape", signature(old), signature(new))
    let (first, second) = (old.quantization, new.quantization)
    list.note("quantization", quantization(old), quantization(new)) { isSame(first, second) }
    list.noteUnless(
      Equality.same(first?.min, second?.min) && Equality.same(first?.max, second?.max), "recorded range")
    list.note("kind", kind(old), kind(new))
    list.noteUnless(Equality.same(old.attachments, new.attachments), "other fields")
    return list.changes
  }

  private static func shape(_ value: Value) -> String { value.shape?.description ?? "?" }

  private static func signature(_ value: Value) -> String? {
    value.shapeSignature.map { $0.map(String.init).joined(separator: "×") }
  }

  private static func kind(_ value: Value) -> String {
    value.isVariable ? "state" : value.isConstant ? "constant" : "activation"
  }

  private static func quantization(_ value: Value) -> String {
    guard let quantization = value.quantization, let scale = quantization.scales?.first else { return "none" }
    if quantization.isPerChannel {
      return
        "\((quantization.scales?.count ?? 0).counted("channel")) on axis \(quantization.axis), first scale \(scale)"
    }
    return "scale \(scale), zero point \(quantization.zeroPoints?.first ?? 0)"
  }

  private static func isSame(_ old: Quantization?, _ new: Quantization?) -> Bool {
    guard old?.isQuantized ?? false || new?.isQuantized ?? false else { return true }
    return Equality.same(old?.scales, new?.scales) && (old?.zeroPoints ?? []) == (new?.zeroPoints ?? [])
      && old?.axis == new?.axis
  }
}
