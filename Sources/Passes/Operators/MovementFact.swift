/// What an operator does with numbers.
enum MovementFact: Sendable {
  /// It makes new ones.
  case computes
  /// It only moves them, so that it runs as well in float.
  case moves
  /// It moves none: only the shape is another.
  case reshapes

  var isOnlyMovement: Bool { self != .computes }
}
