import Operators

extension Softmax: PassOperator {
  static let passFacts = PassFacts.function(
    .rule(.function([.int8, .int16], fixedOutput: .unit, saturation: nil)),
    versions: .integers(int8: 2, int16: 3),
    gradient: .answer(form: AnswerForm.classes, elsewhere: nil),
    channels: .none(because: "which sums over the channels"),
    equalization: .ends, activation: .none)
}
