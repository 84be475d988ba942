import Pack
import Testing

@testable import Cache

/// The queues of places, and the numbers of blocks that have left.
struct CacheQueueTests {
  @Test func `At first all frames are free, and all other places vacant`() {
    var queues = PlaceQueues(frames: 3, waiters: 2)
    #expect((0..<3).map { _ in queues.takeOldest(of: .free) } == [0, 1, 2])
    #expect(queues.takeOldest(of: .free) == nil)
    #expect((0..<2).map { _ in queues.takeOldest(of: .vacant) } == [3, 4])
    #expect(queues.takeOldest(of: .vacant) == nil)
  }

  @Test(arguments: 0..<4)
  func `A place can leave from anywhere in a queue`(leaving: Int) {
    var queues = PlaceQueues(frames: 4, waiters: 1)
    queues.remove(leaving)
    #expect(queues.queue(of: leaving) == nil)
    #expect(queues.count(of: .free) == 3)
    queues.remove(leaving)
    #expect(queues.count(of: .free) == 3)
    queues.append(leaving, to: .main)
    #expect(queues.queue(of: leaving) == .main)
    let rest = (0..<3).map { _ in queues.takeOldest(of: .free) }
    #expect(rest == (0..<4).filter { $0 != leaving })
    #expect(queues.takeOldest(of: .main) == leaving)
  }

  @Test func `Ghosts are forgotten in the order in which they came`() {
    var ghosts = GhostQueue(capacity: 3)
    for number in 0..<UInt32(5) { ghosts.insert(BlockNumber(number)) }
    #expect((0..<UInt32(5)).map { ghosts.remove(BlockNumber($0)) } == [false, false, true, true, true])
  }

  @Test func `A ghost that returned is forgotten, and its place is used again`() {
    var ghosts = GhostQueue(capacity: 3)
    for number in 0..<UInt32(3) { ghosts.insert(BlockNumber(number)) }
    #expect([1, 1].map { ghosts.remove(BlockNumber($0)) } == [true, false])
    for number in 10..<UInt32(12) { ghosts.insert(BlockNumber(number)) }
    ghosts.insert(BlockNumber(10))
    #expect([0, 2, 10, 11].map { ghosts.remove(BlockNumber($0)) } == [false, true, true, true])
  }
}
