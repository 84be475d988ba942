import Cache
import HTTP
import Link
import LinuxLink
import Logging
import Pack
import Server
import Time

/// Where a site was found, and what it is to the engine.
struct SitePlace: Sendable {
  /// The site.
  let number: SiteNumber
  /// The pack or directory.
  let path: String
  /// The hosts that it is served to.
  let names: [HostName]
}

/// A new pack in the place of the one that is served, at SIGHUP.
extension ServerLoop where Device: ~Copyable {
  /// Looks for all sites again where they were found. That may take a while, above all for a directory, so a thread beside the
  /// server does it, and tells all workers. While it does, it may have looked already at what has changed since: then all are
  /// looked for once more behind it.
  mutating func openAgain() {
    guard opening == nil else {
      opensOnceMore = true
      logger.notice("a new pack is being opened already; all sites are looked for once more behind it")
      return
    }
    let (places, crew, logger, stop) = (places, crew, logger, stop)
    opening = try? WorkerThread(name: "cheetah-open") {
      Processors.freeThread()
      for place in places where !stop.isSet {
        do throws(CommandFailure) {
          let site = try ServedSite(path: place.path, for: place.names) { stop.isSet }
          crew.pass(.mount(site, of: place.number))
          crew.news.post(.mount(site, of: place.number))
        } catch {
          // Whoever has stopped the server knows.
          if !stop.isSet { logger.error("the pack before stays: \(error)") }
        }
      }
      crew.news.post(.opened)
    }
  }

  /// Serves another pack of a site from here on.
  mutating func mount(_ site: ServedSite, of number: SiteNumber) {
    guard site.superblock != server.engine.sites[number].superblock else {
      logger.notice("\(site.words) has not changed")
      return
    }
    guard let slot = server.engine.cache.freeSlot else {
      logger.error("the pack before stays: answers out of too many others are still on their way")
      return
    }
    do throws(SystemError) {
      try reads.open(site.file, site.superblock, at: slot)
    } catch {
      logger.error("the pack before stays: \(error)")
      return
    }
    _ = server.engine.mount(site.superblock, of: number)
    logger.notice("\(site.words) is served now, with \(site.superblock.entryCount) paths")
  }

  /// Closes packs that nobody needs any more. All connections have to be looked at for that, so it is done now and then.
  mutating func unmount(at now: Instant) {
    guard now >= nextUnmount else { return }
    nextUnmount = now + .milliseconds(20)
    while let slot = server.engine.nextUnmounted() {
      reads.close(slot)
      logger.notice("the last answer out of the pack before is done")
    }
  }

  /// The thread that opened packs has done so, or ends in a moment.
  mutating func forgetOpening() {
    opening?.join()
    opening = nil
    guard opensOnceMore, !stop.isSet else { return }
    opensOnceMore = false
    openAgain()
  }
}
