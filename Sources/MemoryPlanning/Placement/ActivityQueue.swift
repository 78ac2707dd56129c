/// Variables by falling activity, those of equal activity by their numbers: a heap that knows where each one stands.
struct ActivityQueue {
  private(set) var activity: [Double] = []
  private var heap: [Int] = []
  private var place: [Int] = []

  var count: Int { activity.count }

  mutating func append(_ activity: Double) {
    self.activity.append(activity)
    place.append(-1)
    insert(place.count - 1)
  }

  /// Multiplies all activities, which keeps their order.
  mutating func scale(by factor: Double) {
    for variable in activity.indices { activity[variable] *= factor }
    // Small ones may have become equal.
    for at in heap.indices.reversed() { sink(at) }
  }

  mutating func raise(_ variable: Int, by step: Double) {
    activity[variable] += step
    if place[variable] >= 0 { rise(place[variable]) }
  }

  mutating func insert(_ variable: Int) {
    guard place[variable] < 0 else { return }
    place[variable] = heap.count
    heap.append(variable)
    rise(heap.count - 1)
  }

  mutating func pop() -> Int? {
    guard let top = heap.first, let last = heap.popLast() else { return nil }
    place[top] = -1
    if last != top {
      (heap[0], place[last]) = (last, 0)
      sink(0)
    }
    return top
  }

  private func isBefore(_ one: Int, _ two: Int) -> Bool {
    activity[one] == activity[two] ? one < two : activity[one] > activity[two]
  }

  private mutating func rise(_ start: Int) {
    var at = start
    while at > 0, isBefore(heap[at], heap[(at - 1) / 2]) {
      swap(at, (at - 1) / 2)
      at = (at - 1) / 2
    }
  }

  private mutating func sink(_ start: Int) {
    var at = start
    while true {
      var first = at
      for child in [2 * at + 1, 2 * at + 2] where child < heap.count && isBefore(heap[child], heap[first]) {
        first = child
      }
      if first == at { return }
      swap(at, first)
      at = first
    }
  }

  private mutating func swap(_ one: Int, _ two: Int) {
    heap.swapAt(one, two)
    (place[heap[one]], place[heap[two]]) = (one, two)
  }
}
