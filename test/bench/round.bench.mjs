/** CPU of one round with 200 gates whose sources answer at once. Keep: under 100 ms. */
import { resolve } from 'node:path';

const built = (path) => import(resolve(import.meta.dirname, '../../build', path));

export async function bench() {
  const [{ telemetryGate }, { runRound }, { systemClock }, v] = await Promise.all([
    built('gates/telemetry.js'),
    built('train/round.js'),
    built('train/clock.js'),
    import('valibot'),
  ]);
  const now = Date.now();
  const iso = (ms) => new Date(ms).toISOString();
  let asked = 0;
  const source = {
    async telemetry(question) {
      asked += 1;
      return {
        kind: 'samples',
        subject: question.query,
        query: question.query,
        at: iso(now),
        seen: 3,
        notes: [],
        partial: false,
        window: { from: iso(question.window.from), to: iso(question.window.to) },
        newest: iso(now - 1000),
        series: [
          { labels: { service: 'checkout' }, value: question.query.startsWith('requests') ? 4000 : 0.004, points: 1 },
        ],
      };
    },
  };
  const gates = Array.from({ length: 200 }, (_, i) => {
    const name = `gate ${i}`;
    const own = {
      query: `errors_${i}`,
      events: `requests_${i % 20}`,
      'min-events': 1,
      threshold: '< 1%',
      reduce: 'sum',
    };
    const config = {
      type: 'telemetry',
      name,
      source: 's',
      enforce: 'block',
      'on-missing': 'hold',
      'on-error': 'hold',
      'unhealthy-after': 2,
    };
    return {
      config,
      gate: telemetryGate.bind(v.parse(telemetryGate.schema, own)),
      sourceName: 's',
      source,
      settleMs: 0,
    };
  });
  const moment = { now, deployedAt: now - 600_000, settledAt: now - 480_000 };
  const limits = { timeoutMs: 30_000, cancel: new AbortController().signal };
  const cpu = [];
  let healthy = 0;
  for (let i = 0; i < 30; i += 1) {
    const before = process.cpuUsage();
    const outcomes = await runRound(gates, moment, limits, systemClock);
    const used = process.cpuUsage(before);
    cpu.push((used.user + used.system) / 1000);
    healthy = outcomes.filter((o) => o.reading?.state === 'healthy').length;
  }
  if (healthy !== 200)
    throw new Error(`only ${healthy} of 200 gates are healthy: the bench no longer measures a round`);
  const sorted = cpu.slice(1).toSorted((a, b) => a - b);
  console.log(`200 gates, ${healthy} healthy, ${asked / 30} questions sent a round (400 asked)`);
  console.log(
    `CPU of a round: first (cold) ${cpu[0].toFixed(1)} ms, then median ${sorted[14].toFixed(1)} ms, worst ${sorted.at(-1).toFixed(1)} ms (keep under 100 ms)`,
  );
}
