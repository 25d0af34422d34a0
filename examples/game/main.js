// A goalkeeper learns where the striker shoots: a small network, trained in two milliseconds of a frame.
//
// Slices never change a bit of a fit, but a slow device ends it some frames later. Where all players must see the same
// in the same frame, slice by step({ units: 1 }) instead: units are the same on every device, milliseconds are not.
import { fitFromJSON, fitter, mlp, priors, random, resume } from "surprisal";
import { draw } from "./picture.js";

const SHOTS = 300;
const KEY = "goalkeeper";
const output = document.querySelector("output");

// All there is to remember. A shot: [angle of the run-up, place of the foot], each -1 .. 1; where it went; how many were
// saved; how often was learned; how many shots the fit under way is of.
let game = { shots: [], corners: [], saved: 0, learned: 0, rows: 0 };
let job = null; // the fit under way
let keeper = null; // the last fit that was done
const guess = new Float64Array(1);

/** Foot and run-up on the same side: he shoots right, with one shot in ten astray. No line tells these corners apart. */
function shoot() {
  const dice = random(7, game.shots.length);
  const shot = [2 * dice.uniform() - 1, 2 * dice.uniform() - 1];
  const corner = shot[0] * shot[1] > 0 === dice.uniform() > 0.1 ? "right" : "left";
  if (keeper !== null) keeper.predictInto(Float64Array.from(shot), guess); // P(right); allocates nothing
  if (guess[0] >= 0.5 === (corner === "right")) game.saved++;
  game.shots.push(shot);
  game.corners.push(corner);
}

/** Goes on with the fit under way, or begins one with all the shots so far, from the weights of the one before. */
function learn() {
  if (new Set(game.corners).size < 2) return;
  if (job === null) {
    game.rows = game.shots.length;
    job = fitter(mlp, game.shots, game.corners, {
      classes: ["left", "right"],
      hidden: [12],
      prior: priors.normal({ sd: 3 }),
      epochs: 60,
      batchSize: Math.min(16, game.rows),
      learningRate: 0.02,
      ...(keeper !== null && { start: keeper.parameters }),
    });
  }
  if (job.step({ budgetMs: 2 })) {
    keeper = job.result;
    job = null;
    game.learned++;
  }
}

/** Everything as text, the fit under way too, in the middle of its epoch. */
function save() {
  localStorage.setItem(KEY, JSON.stringify({ game, job, keeper }));
}

function restore() {
  const stored = JSON.parse(localStorage.getItem(KEY) ?? "null");
  if (stored === null) return;
  game = stored.game;
  if (stored.keeper !== null) keeper = fitFromJSON(stored.keeper);
  if (stored.job === null) return;
  job = resume(stored.job, { x: game.shots.slice(0, game.rows), y: game.corners.slice(0, game.rows) });
}

function frame() {
  if (game.shots.length < SHOTS) {
    shoot();
    learn();
    if (game.shots.length % 20 === 0) save();
    requestAnimationFrame(frame);
  }
  output.textContent = `${game.saved} of ${game.shots.length} saved, learned ${game.learned} times`;
  draw(document.querySelector("canvas"), keeper, game);
}

document.querySelector("button").addEventListener("click", () => {
  localStorage.removeItem(KEY);
  location.reload();
});
restore();
requestAnimationFrame(frame);
