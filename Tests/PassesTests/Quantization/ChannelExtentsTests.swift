import Testing

@testable import Passes

@Suite struct ChannelExtentsTests {
  @Test func squaresAreOfAllRows() {
    var extents = ChannelExtents(channels: [2])
    extents.add(sample: 0, [[1, -2, 3, 0]])
    var more = ChannelExtents(channels: [2])
    more.add(sample: 1, [[-5, 1]])
    extents.merge(more)
    let channels = extents.values[0]
    #expect(channels.extents == [5, 2])
    #expect(channels.rows == 3)
    #expect(channels.meanSquare(0) == 35.0 / 3 && channels.meanSquare(1) == 5.0 / 3)
    #expect(ChannelExtents(channels: [1]).values[0].meanSquare(0) == 0)
  }

  @Test func whatHasOtherChannelsIsLeftOut() {
    var extents = ChannelExtents(channels: [3, 0])
    extents.add(sample: 0, [[1, 2, 3, 4], [1]])
    #expect(extents.values[0].rows == 0 && extents.values[1].rows == 0)
  }
}
