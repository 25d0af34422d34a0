// A goalkeeper learns where the striker shoots, in two milliseconds of a frame.
//
// Slices never change a bit of a fit, but a slow device ends it some frames later. Where all players must see the same
// in the same frame, slice by step({ units: 1 }) instead: units are the same on every device, milliseconds are not.
import { fitter, logisticRegression, priors, random } from "surprisal";

const output = document.querySelector("output");
const dice = random(7);

const shots = []; // [angle of the run-up, place of the foot], each -1 .. 1
const corners = []; // where each shot went
let job = null; // the fit under way
let keeper = null; // the last fit that was done
let learned = 0;
let saved = 0;

/** The striker prefers the corner to which the run-up points. */
function shoot() {
  const shot = [2 * dice.uniform() - 1, 2 * dice.uniform() - 1];
  const corner = shot[0] + 0.5 * shot[1] > dice.uniform() - 0.5 ? "right" : "left";
  const [guess] = keeper === null ? ["left"] : keeper.predict([shot]);
  if (guess === corner) saved++;
  shots.push(shot);
  corners.push(corner);
}

/** Goes on with the fit under way, or begins one with all the shots so far, once both corners have been seen. */
function learn() {
  if (new Set(corners).size < 2) return;
  job ??= fitter(logisticRegression, shots, corners, {
    classes: ["left", "right"],
    prior: priors.normal({ sd: 2 }), // so that there is an optimum however few the shots
  });
  if (job.step({ budgetMs: 2 })) {
    keeper = job.result;
    job = null;
    learned++;
  }
}

function frame() {
  shoot();
  learn();
  output.textContent = `${saved} of ${shots.length} saved, learned ${learned} times`;
  if (shots.length < 200) requestAnimationFrame(frame);
}

requestAnimationFrame(frame);
