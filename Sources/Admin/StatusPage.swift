/// The page that shows a person how the server stands. It needs nothing but itself and `/status.json`.
enum StatusPage {
  /// The page.
  static let html = """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Cheetah</title>
    <style>
      :root { --ink: #221d16; --paper: #fbf7ef; --line: #e4dac7; --soft: #8a7d68; --gold: #c98a1b; --bad: #b3372b; }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #f3ecdf; --paper: #1b1814; --line: #3a332a; --soft: #a09380; --gold: #e5a93d; --bad: #e5695c; }
      }
      * { box-sizing: border-box }
      body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
      main { max-width: 62rem; margin: 0 auto; padding: 1.5rem }
      header { display: flex; align-items: baseline; gap: 1rem; flex-wrap: wrap }
      h1 { font-size: 1.3rem; margin: 0; letter-spacing: .02em }
      h2 { font-size: .78rem; margin: 0 0 .35rem; font-weight: 600; color: var(--soft); text-transform: uppercase; letter-spacing: .07em }
      .rate { font-size: 2.6rem; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.1 }
      .unit { font-size: 1rem; color: var(--soft); font-weight: 400 }
      .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(13.5rem, 1fr)); gap: .9rem; margin-top: .9rem }
      section { border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; min-width: 0 }
      section.wide { grid-column: 1 / -1 }
      dl { display: grid; grid-template-columns: 1fr auto; margin: 0; row-gap: .1rem }
      dt { color: var(--soft) } dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums }
      svg { display: block; width: 100%; height: 5.5rem; overflow: visible }
      .bars { display: flex; align-items: flex-end; height: 5.5rem; gap: 2px }
      .bars i { flex: 1; background: var(--gold); min-height: 1px; border-radius: 2px 2px 0 0 }
      .axis { display: flex; justify-content: space-between; color: var(--soft); font-size: .75rem }
      .gone { color: var(--bad) } nav a { color: var(--soft); margin-right: .8rem }
    </style>
    <main>
      <header><h1>Cheetah</h1><span id="state">…</span></header>
      <div class="grid">
        <section class="wide"><h2>Requests</h2><div class="rate"><span id="rate">–</span> <span class="unit">a second</span></div>
          <svg id="graph" preserveAspectRatio="none" viewBox="0 0 119 100" role="img" aria-label="requests a second, two minutes">
            <polyline fill="none" stroke="var(--gold)" stroke-width="2" vector-effect="non-scaling-stroke" points=""/></svg>
          <div class="axis"><span>two minutes ago</span><span id="peak"></span><span>now</span></div></section>
        <section><h2>Answers</h2><dl id="answers"></dl></section>
        <section><h2>Network</h2><dl id="network"></dl></section>
        <section><h2>Cache</h2><dl id="cache"></dl></section>
        <section class="wide"><h2>From the request to the last acknowledgment</h2><div class="bars" id="bars"></div>
          <div class="axis"><span>1 µs</span><span id="latency"></span><span>33 s</span></div></section>
      </div>
      <p><nav><a href="/metrics">metrics</a><a href="/connections">connections</a><a href="/ready">ready</a></nav></p>
    </main>
    <script>
      const find = id => document.getElementById(id), rates = []
      let before = null
      const number = value => value >= 1e6 ? (value / 1e6).toFixed(2) + ' M' : Math.round(value).toLocaleString('en')
      const size = bytes => {
        for (const unit of ['B', 'KiB', 'MiB', 'GiB']) { if (bytes < 1024) return bytes.toFixed(bytes < 10 ? 1 : 0) + ' ' + unit; bytes /= 1024 }
        return bytes.toFixed(1) + ' TiB'
      }
      const time = seconds => seconds < 1e-3 ? Math.round(seconds * 1e6) + ' µs' : seconds < 1 ? (seconds * 1e3).toFixed(1) + ' ms' : seconds.toFixed(1) + ' s'
      const list = (id, pairs) => find(id).replaceChildren(...pairs.flatMap(([name, value]) => {
        const term = document.createElement('dt'), data = document.createElement('dd')
        term.textContent = name; data.textContent = value
        return [term, data]
      }))
      const quantile = (classes, part) => {
        const all = classes.reduce((sum, entry) => sum + entry[1], 0)
        let sum = 0
        for (const [bound, count] of classes) { sum += count; if (sum >= all * part) return all ? time(bound) : '–' }
        return '–'
      }
      function show(now, seconds) {
        const then = before || now, per = name => (now[name] - then[name]) / seconds
        rates.push(per('requests')); if (rates.length > 120) rates.shift()
        const peak = Math.max(1, ...rates)
        find('rate').textContent = number(per('requests'))
        find('peak').textContent = 'at most ' + number(peak)
        find('graph').firstElementChild.setAttribute('points',
          rates.map((rate, index) => (index + 120 - rates.length) + ',' + (100 - 96 * rate / peak)).join(' '))
        list('answers', [...Object.entries(now.statuses).map(([status, count]) => [status, number(count)]),
          ['bodies', size(per('bytes')) + '/s'], ['sums stored', number(now.sumsStored)], ['sums computed', number(now.sumsComputed)]])
        list('network', [['connections', number(now.connections)], ['handshakes', number(now.handshakes)],
          ['segments in', number(per('segmentsIn')) + '/s'], ['segments out', number(per('segmentsOut')) + '/s'],
          ['sent again', number(now.retransmissions)], ['dropped', number(now.drops)]])
        const asked = now.hits + now.misses
        list('cache', [['hits', asked ? (100 * now.hits / asked).toFixed(2) + ' %' : '–'], ['misses', number(now.misses)],
          ['reads', number(per('reads')) + '/s'], ['in memory', size(now.residentBlocks * 65536) + ' of ' + size(now.blocks * 65536)]])
        const most = Math.max(1, ...now.latency.map(entry => entry[1]))
        find('bars').replaceChildren(...now.latency.map(([bound, count]) => {
          const bar = document.createElement('i')
          bar.style.height = 100 * count / most + '%'; bar.title = 'up to ' + time(bound) + ': ' + number(count)
          return bar
        }))
        find('latency').textContent = 'median ' + quantile(now.latency, .5) + ', 99 % ' + quantile(now.latency, .99)
        find('state').textContent = (now.draining ? 'draining' : 'serving') + ', ' + now.workers + (now.workers === 1 ? ' worker' : ' workers')
        find('state').className = now.draining ? 'gone' : ''
      }
      let last = 0
      async function turn() {
        try {
          const now = await (await fetch('/status.json')).json(), at = performance.now()
          show(now, last ? (at - last) / 1000 : 1)
          before = now; last = at
        } catch (error) {
          find('state').textContent = 'does not answer'; find('state').className = 'gone'
        }
        setTimeout(turn, 1000)
      }
      turn()
    </script>
    </html>

    """
}
