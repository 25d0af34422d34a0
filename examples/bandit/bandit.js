// Which of five offers to show next? Thompson sampling, which shows the best of a draw from the posterior, beside
// epsilon-greedy, which shows what looks best so far, and now and then any.
import { bayesianOnline, priors, random } from "surprisal";

const offers = ["bicycle", "boat", "guitar", "kite", "tent"];
const ROUNDS = 500;
const SEEDS = 20;
const EPSILON = 0.1;

// One column an offer: 1 where it is shown.
const arms = offers.map((_, i) => offers.map((_other, j) => Number(i === j)));

/** Clicks that a policy lets slip, in expectation, where the chances of the offers come from a seed. */
function regretOf(policy, seed) {
  const world = random(seed, 0);
  const dice = random(seed, 1);
  const chances = offers.map(() => world.uniform());
  const best = Math.max(...chances);
  const model = bayesianOnline({
    names: offers,
    prior: priors.normal({ sd: 1.8 }), // of log odds: nearly uniform chances
    intercept: false,
    classes: ["passed", "clicked"],
  });
  let regret = 0;
  for (let round = 0; round < ROUNDS; round += 5) {
    // Five visitors before the model hears what they did.
    const shown = Array.from({ length: 5 }, () => policy(model, dice));
    for (const k of shown) regret += best - chances[k];
    model.update(
      shown.map((k) => arms[k]),
      shown.map((k) => (world.uniform() < chances[k] ? "clicked" : "passed")),
    );
  }
  return regret;
}

function thompson(model, dice) {
  return model.choose(arms, dice);
}

function epsilonGreedy(model, dice) {
  if (dice.uniform() < EPSILON) return dice.integer(offers.length);
  const expected = model.predict(arms);
  return expected.indexOf(Math.max(...expected));
}

for (const policy of [thompson, epsilonGreedy]) {
  let regret = 0;
  for (let seed = 0; seed < SEEDS; seed++) regret += regretOf(policy, seed);
  console.log(`${policy.name}: ${(regret / SEEDS).toFixed(1)} of ${ROUNDS} clicks slip`);
}
