/** CPU of judging one round of 200 canary gates after an hour of bins, answers at hand. Keep: under 50 ms. */
import { resolve } from 'node:path';

const built = (path) => import(resolve(import.meta.dirname, '../../build', path));

const gates = 200;
const minute = 60_000;
const hour = 60;
/** Looks after the hour that are measured. */
const looks = 30;

export async function bench() {
  await measure('failures', { failures: 'failures', total: 'total' });
  await measure('durations', { buckets: 'buckets' });
}

const bounds = [5, 10, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2500, 5000, 10_000];

async function measure(what, asked) {
  const [{ canaryGate }, v] = await Promise.all([built('gates/canary.js'), import('valibot')]);
  const start = Date.parse('2026-11-23T10:00:00Z');
  const iso = (ms) => new Date(ms).toISOString();
  // Equal arms, so that nothing is stopped and every gate is judged to the end.
  const noise = (gate, bin, arm) => (gate * 7919 + bin * 104_729 + arm * 1_299_709) % 13;
  const answer = (gate, role, { window, query }) => {
    const bins = (window.to - window.from) / minute;
    const valuesOf = (value) => Array.from({ length: bins }, (_, i) => value((window.from - start) / minute + i));
    const one = (labels, values) => ({ labels, value: values.at(-1), points: bins, bins: values });
    const series = ['new', 'old'].flatMap((version, arm) => {
      if (role !== 'buckets') {
        return one(
          { version },
          valuesOf((bin) => (role === 'total' ? 500 : noise(gate, bin, arm))),
        );
      }
      // Durations around 100 ms, a little more or less in each minute.
      const upTo = (bound, bin) => Math.round(500 / (1 + (100 / bound) ** 3 * (1 + noise(gate, bin, arm) / 40)));
      return [...bounds, Number.POSITIVE_INFINITY].map((bound) =>
        one(
          { version, le: bound === Number.POSITIVE_INFINITY ? '+Inf' : `${bound}` },
          valuesOf((bin) => upTo(bound, bin)),
        ),
      );
    });
    return {
      role,
      measurement: {
        kind: 'samples',
        source: 's',
        subject: query,
        query,
        at: iso(window.to),
        seen: 2,
        notes: [],
        partial: false,
        window: { from: iso(window.from), to: iso(window.to) },
        newest: iso(window.to - 1000),
        series,
      },
    };
  };
  const config = v.parse(canaryGate.schema, {
    ...asked,
    arms: { by: 'version', canary: 'new', baseline: 'old' },
    accept: 'never',
    window: '2h',
    history: 'none',
  });
  const watched = Array.from({ length: gates }, () => ({ gate: canaryGate.bind(config), memory: undefined }));
  const momentAt = (bins) => {
    const now = start + bins * minute;
    return { now, deployedAt: start, settledAt: start, completeTo: now };
  };
  const ask = (bins) =>
    watched.map(({ gate, memory }, i) =>
      [...gate.questions(momentAt(bins), memory)].map(([role, question]) => answer(i, role, question)),
    );
  const judge = (bins, answers) => {
    const codes = new Set();
    for (const [i, one] of watched.entries()) {
      const { reading, memory } = one.gate.judge(answers[i], momentAt(bins), one.memory);
      one.memory = memory;
      codes.add(reading.code);
    }
    return codes;
  };
  const timed = (bins) => {
    const answers = ask(bins);
    const before = process.cpuUsage();
    const codes = judge(bins, answers);
    const used = process.cpuUsage(before);
    if (codes.size !== 1 || !codes.has('undecided')) throw new Error(`not judged: ${[...codes].join(', ')}`);
    return (used.user + used.system) / 1000;
  };
  const first = timed(hour);
  const next = Array.from({ length: looks }, (_, i) => timed(hour + 1 + i)).toSorted((a, b) => a - b);
  console.log(
    `${gates} canary gates over ${what}, ${hour} bins of a minute judged at once: ${first.toFixed(1)} ms of CPU`,
  );
  console.log(
    `then one bin more in each round: median ${next[looks / 2].toFixed(1)} ms, worst ${next.at(-1).toFixed(1)} ms (keep under 50 ms)`,
  );
}
