/** The benchmark's generator and samplers, for the simulations among the tests: one implementation, so that both draw alike. */
export { logFactorial, Random } from '../../bench/judge/random.js';
